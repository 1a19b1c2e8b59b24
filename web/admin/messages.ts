import type { Locale } from '../i18n/locales.ts'
import type { MessageTree, RoomMessages } from '../i18n/merge.ts'
import audit from './audit/texts.ts'
import departments from './departments/texts.ts'
import lookups from './lookups/texts.ts'
import people from './people/texts.ts'
import permissions from './permissions/texts.ts'
import sessions from './sessions/texts.ts'
import shell from './texts.ts'
import webhooks from './webhooks/texts.ts'

/** One line for each section: its texts stand beside it, below `admin.<id of the section>`. */
const ofSections: Record<string, RoomMessages> = {
  audit,
  departments,
  lookups,
  people,
  permissions,
  sessions,
  webhooks,
}

const together = (locale: Locale): MessageTree => ({ ...shell[locale], ...Object.fromEntries(Object.entries(ofSections).map(([id, texts]) => [id, texts[locale]])) })

export default { 'zh-CN': { admin: together('zh-CN') }, en: { admin: together('en') } }
