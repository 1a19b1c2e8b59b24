/** Rooms whose texts come with the pages that show them (see `withTexts`). The texts of every other room are in all pages from the start. */
export const LATER_ROOMS = ['account', 'admin', 'agenda', 'agendaDesk', 'attendance', 'attendLine', 'cutting', 'desk', 'edit', 'embed', 'fate', 'floor', 'floorDesk', 'ledger', 'links', 'notifications', 'pollDesk', 'polls', 'residents', 'sharing', 'screen', 'spot', 'spotDesk', 'stage'] as const
export type LaterRoom = (typeof LATER_ROOMS)[number]

export const isLater = (room: string): room is LaterRoom => LATER_ROOMS.some((later) => later === room)
