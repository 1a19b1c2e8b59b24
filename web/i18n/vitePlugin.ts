import { runnerImport } from 'vite'
import type { Plugin } from 'vite'
import { compileMessages } from './compile.ts'
import { LOCALES } from './locales.ts'
import type { RoomMessages } from './merge.ts'
import { LATER_ROOMS, isLater } from './rooms.ts'

const NAME = /^\0?virtual:messages\/(?:(zh-CN|en)(?:\/(\w+))?|later)$/
const ALL = new URL('./all.ts', import.meta.url).pathname

/**
 * A room writes its texts in both languages in one file; a page loads one language, and what it shows. Serves `virtual:messages/LOCALE` (the rooms of every page),
 * `virtual:messages/LOCALE/ROOM` (one that comes later) and `virtual:messages/later` (how to get those).
 */
export function messagesPlugin(): Plugin {
  return {
    name: 'fangtan:messages',
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : null),
    async load(id) {
      const name = NAME.exec(id)
      if (!name) return null
      const [, locale, room] = name
      if (locale !== 'zh-CN' && locale !== 'en') return laterLoaders()
      const { module, dependencies } = await runnerImport<{ messages: RoomMessages }>(ALL, { configFile: false, logLevel: 'error' })
      for (const file of dependencies) this.addWatchFile(file)
      const wanted = Object.entries(module.messages[locale]).filter(([key]) => (room === undefined ? !isLater(key) : key === room))
      return compileMessages(Object.fromEntries(wanted))
    },
  }
}

/** The source of a module with a loader for each room that comes later, by language. */
function laterLoaders(): string {
  const loaders = LOCALES.map((locale) => `${JSON.stringify(locale)}:{${LATER_ROOMS.map((room) => `${room}:()=>import(${JSON.stringify(`virtual:messages/${locale}/${room}`)})`).join(',')}}`)
  return `export default {${loaders.join(',')}}`
}
