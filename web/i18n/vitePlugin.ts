import { runnerImport } from 'vite'
import type { Plugin } from 'vite'
import { compileMessages } from './compile.ts'
import type { RoomMessages } from './merge.ts'

const NAME = /^\0?virtual:messages\/(zh-CN|en)$/
const ALL = new URL('./all.ts', import.meta.url).pathname

/** Serves `virtual:messages/zh-CN` and `virtual:messages/en`: a room writes its texts in both languages in one file, a page loads one language. */
export function messagesPlugin(): Plugin {
  return {
    name: 'fangtan:messages',
    resolveId: (id) => (NAME.test(id) ? `\0${id}` : null),
    async load(id) {
      const locale = NAME.exec(id)?.[1]
      if (locale !== 'zh-CN' && locale !== 'en') return null
      const { module, dependencies } = await runnerImport<{ messages: RoomMessages }>(ALL, { configFile: false, logLevel: 'error' })
      for (const file of dependencies) this.addWatchFile(file)
      return compileMessages(module.messages[locale])
    },
  }
}
