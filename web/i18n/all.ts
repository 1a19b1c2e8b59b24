import { mergeMessages } from './merge.ts'
import type { RoomMessages } from './merge.ts'

const rooms = import.meta.glob<{ default: RoomMessages }>('../**/messages.ts', { eager: true })

/** The texts of every room. Run while building, see vitePlugin.ts; no page loads this. */
export const messages = mergeMessages(Object.values(rooms).map((room) => room.default))
