import type { Locale } from '../i18n/locales.ts'
import type { MessageTree, RoomMessages } from '../i18n/merge.ts'
import audit from './audit/texts.ts'
import branding from './branding/texts.ts'
import departments from './departments/texts.ts'
import forums from './forums/texts.ts'
import health from './health/texts.ts'
import identity from './identity/texts.ts'
import lookups from './lookups/texts.ts'
import people from './people/texts.ts'
import permissions from './permissions/texts.ts'
import privacy from './privacy/texts.ts'
import retention from './retention/texts.ts'
import security from './security/texts.ts'
import sessions from './sessions/texts.ts'
import unsaved from './settings/texts.ts'
import shell from './texts.ts'
import storage from './storage/texts.ts'
import webhooks from './webhooks/texts.ts'
import words from './words/texts.ts'
import work from './work/texts.ts'
import workdays from './workdays/texts.ts'

/** One line for each section: its texts stand beside it, below `admin.<id of the section>`. */
const ofSections: Record<string, RoomMessages> = {
  audit,
  branding,
  departments,
  forums,
  health,
  identity,
  lookups,
  people,
  permissions,
  privacy,
  retention,
  security,
  sessions,
  storage,
  unsaved,
  webhooks,
  words,
  work,
  workdays,
}

const together = (locale: Locale): MessageTree => ({ ...shell[locale], ...Object.fromEntries(Object.entries(ofSections).map(([id, texts]) => [id, texts[locale]])) })

export default { 'zh-CN': { admin: together('zh-CN') }, en: { admin: together('en') } }
