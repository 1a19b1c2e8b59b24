import type { Locale } from './locales.ts'

export type MessageTree = { [key: string]: string | MessageTree }
/** What a room's `messages.ts` exports: its texts in every language, below the room's own name. */
export type RoomMessages = Record<Locale, MessageTree>

/** All rooms in one tree per language. Two rooms may not use the same name. */
export function mergeMessages(rooms: readonly RoomMessages[]): RoomMessages {
  const merged: RoomMessages = { 'zh-CN': {}, en: {} }
  for (const room of rooms) {
    Object.assign(merged['zh-CN'], room['zh-CN'])
    Object.assign(merged.en, room.en)
  }
  return merged
}
