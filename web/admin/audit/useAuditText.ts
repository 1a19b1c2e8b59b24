import { useI18n } from 'vue-i18n'
import type { AuditEntry } from '../../../shared/administration.ts'
import { formatDateTime } from '../../ui/formatTime.ts'
import { detailText } from './rules.ts'
import type { AuditWords } from './rules.ts'

/** Entries of the log in the reader's language; call in `setup`. */
export function useAuditText() {
  const { t, te, locale } = useI18n()
  const existing = (key: string) => (te(key) ? t(key) : null)
  const role = (name: string) => existing(`term.role.${name}`)
  function find(name: string): string | null {
    const own = existing(`admin.audit.${name}`)
    if (own !== null || !name.startsWith('key.')) return own
    // What retention took, and its periods, have their texts in its own section.
    const key = name.slice('key.'.length)
    return existing(`admin.retention.rule.${key}`) ?? (key.endsWith('Days') ? existing(`admin.retention.${key}`) : null)
  }
  const words: AuditWords = { find, role, time: (iso) => formatDateTime(iso, locale.value) }

  return {
    /** Somebody without a name is known by their role. */
    actorText({ actor, actorId }: AuditEntry): string {
      if (actor === '') return t('admin.audit.unknown')
      // Somebody may bear the name; nobody is the system.
      if (actor === 'system' && actorId === null) return t('admin.audit.system')
      return (/^\w+$/.test(actor) ? role(actor) : null) ?? actor
    },
    subjectText({ action, subject }: AuditEntry): string {
      if (action === 'setting') return existing(`admin.${subject}.title`) ?? subject
      if (action === 'export' && subject === 'audit') return t('admin.audit.title')
      if (action === 'words' && subject === 'platform') return t('admin.audit.platform')
      return ((action === 'link' || action === 'link_used') && /^\w+$/.test(subject) ? role(subject) : null) ?? subject
    },
    detailText: (entry: AuditEntry) => detailText(entry, words),
  }
}
