import { useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { AdminSession } from '../../../shared/administration.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useToasts } from '../../ui/useToasts.ts'
import { useLoaded } from '../useLoaded.ts'

/** How often the sessions are looked at anew, in milliseconds. */
const LOOK_EVERY = 5_000

/** All sessions, kept up to date while the page is looked at, and the cut-off; call in `setup`. */
export function useOversight() {
  const { t } = useI18n()
  const toasts = useToasts()
  const sessions = useLoaded(() => getJson<AdminSession[]>('/api/admin/sessions'))
  /** Ids of sessions whose cut-off is on its way. */
  const cutting = ref<readonly string[]>([])
  let gone = false
  onScopeDispose(() => (gone = true))
  useIntervalFn(() => document.visibilityState === 'visible' && !sessions.loading.value && void sessions.load(), LOOK_EVERY)

  return {
    sessions,
    cutting,
    /** At once, without a question before; where it is done already, only the reason is added. Never rejects. */
    async cut({ id, cut: before }: AdminSession, reason: string) {
      if (cutting.value.includes(id)) return
      cutting.value = [...cutting.value, id]
      try {
        await sendJson('POST', `/api/sessions/${id}/cut`, { reason })
        if (!gone) toasts.done(t(before ? 'admin.sessions.explained' : 'admin.sessions.done'))
      } catch (thrown) {
        const refusal = refusalOf(thrown)
        if (gone) return
        if (refusal.code === 'wrong_state') toasts.notice(t('admin.sessions.impossible'))
        else toasts.refused(refusal)
      } finally {
        cutting.value = cutting.value.filter((other) => other !== id)
        await sessions.load()
      }
    },
  }
}
