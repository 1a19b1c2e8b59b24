import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { isResident } from '../../shared/rules/identity.ts'
import { useMe } from '../accounts/useMe.ts'
import { sendJson } from '../net/http.ts'
import { useSite } from '../site/useSite.ts'

/** The notice that this reader has not agreed to yet. */
export function useConsent(): {
  /** Version to agree to; null: none is published, or it is agreed to. Reactive. */
  wanted: ComputedRef<number | null>
  /** The same towards one session, where whoever has a role is not asked. */
  wantedIn(sessionId: string): number | null
  /** @throws RefusedError, `stale` with another version in `current` */
  give(version: number, locale: string): Promise<void>
} {
  const { site, refresh: refreshSite } = useSite()
  const { me, actor, refresh } = useMe()
  const wanted = computed(() => {
    const version = site.value?.privacy?.version ?? 0
    return me.value && version > (me.value.consented ?? 0) ? version : null
  })
  return {
    wanted,
    wantedIn: (sessionId) => (isResident(actor(sessionId)) ? wanted.value : null),
    async give(version, locale) {
      try {
        await sendJson('PUT', '/api/me/consent', { version, locale: locale === 'en' ? 'en' : 'zh-CN' })
      } finally {
        // This one is agreed to, or another is published by now: either way there is news. Nobody waits for it: without network it does not come.
        void refresh()
        void refreshSite()
      }
    },
  }
}
