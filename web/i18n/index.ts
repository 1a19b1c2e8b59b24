import { createI18n } from 'vue-i18n'
import { browserStorage } from '../ui/browserStorage.ts'
import { initialLocale } from './locales.ts'
import type { Locale } from './locales.ts'
import { mergeMessages } from './merge.ts'
import type { RoomMessages } from './merge.ts'

const STORAGE_KEY = 'fangtan.locale'

const rooms = import.meta.glob<{ default: RoomMessages }>('../**/messages.ts', { eager: true })
const storage = browserStorage()

/** The application's texts, gathered from every room's `messages.ts`. */
export const i18n = createI18n({
  legacy: false,
  locale: initialLocale(storage?.getItem(STORAGE_KEY) ?? null, navigator.languages),
  fallbackLocale: 'zh-CN',
  messages: mergeMessages(Object.values(rooms).map((room) => room.default)),
})

function show(locale: Locale) {
  document.documentElement.lang = locale
}

/** Shows everything in `locale`, now and at the next visit. */
export function chooseLocale(locale: Locale) {
  i18n.global.locale.value = locale
  show(locale)
  try {
    storage?.setItem(STORAGE_KEY, locale)
  } catch {
    // A full storage only means that the choice lasts as long as the page.
  }
}

show(i18n.global.locale.value)
