import later from 'virtual:messages/later'
import chinese from 'virtual:messages/zh-CN'
import { createI18n } from 'vue-i18n'
import { browserStorage } from '../ui/browserStorage.ts'
import { initialLocale } from './locales.ts'
import type { Locale } from './locales.ts'
import type { RoomMessages } from './merge.ts'
import type { LaterRoom } from './rooms.ts'

const STORAGE_KEY = 'fangtan.locale'
const storage = browserStorage()

/** The application's texts: Chinese is always there, English comes when it is wanted. */
export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': chinese } as RoomMessages,
})

/** Rooms of which texts were wanted: they follow a change of the language. */
const brought = new Set<LaterRoom>()

/** Fetches what comes later of a room in `locale`. @throws when it cannot be fetched */
async function bring(room: LaterRoom, locale: Locale) {
  i18n.global.mergeLocaleMessage(locale, (await later[locale][room]()).default)
}

/** `load` of a page or a component, together with the texts of the rooms that it shows. */
export function withTexts<T>(rooms: readonly LaterRoom[], load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (const room of rooms) brought.add(room)
    const [loaded] = await Promise.all([load(), ...rooms.map((room) => bring(room, i18n.global.locale.value))])
    return loaded
  }
}

/** Shows everything in `locale`. @throws when its texts cannot be fetched; the language then stays as it is */
async function show(locale: Locale) {
  if (locale === 'en') i18n.global.mergeLocaleMessage('en', (await import('virtual:messages/en')).default)
  await Promise.all([...brought].map((room) => bring(room, locale)))
  i18n.global.locale.value = locale
  document.documentElement.lang = locale
}

/** Shows the language of the address (`?lang=en`), that the reader chose before, or that the browser asks for; Chinese when its texts cannot be fetched. */
export async function startLocale() {
  const asked = new URLSearchParams(location.search).get('lang')
  await show(initialLocale(asked ?? storage?.getItem(STORAGE_KEY) ?? null, navigator.languages)).catch(() => show('zh-CN'))
}

/** Shows everything in `locale`, now and at the next visit. Without network the language may have to stay as it is. */
export async function chooseLocale(locale: Locale) {
  try {
    await show(locale)
    storage?.setItem(STORAGE_KEY, locale)
  } catch {
    // Nothing was promised: the button is still there to be pressed again.
  }
}
