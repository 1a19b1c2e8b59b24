import { onMounted, onScopeDispose, ref, shallowReactive, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ActOnLink, CreateLink, SignInLink } from '../../shared/accounts.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { getJson, sendJson } from '../net/http.ts'
import { refusalOf } from '../net/refusal.ts'

/** The address under which one session's links are read and changed. */
const pathOf = (sessionId: string) => `/api/sessions/${sessionId}/links`

/** Renews, revokes, dates, or sees the alarms of one link. Resolves to all links as they are now. @throws RefusedError */
export function actOnLink(sessionId: string, linkId: string, act: ActOnLink): Promise<SignInLink[]> {
  return sendJson<SignInLink[]>('PUT', `${pathOf(sessionId)}/${linkId}`, act)
}

/** Who a link is for, in words; call in `setup`. */
export function useLinkName(): (link: Pick<SignInLink, 'role' | 'name'>) => string {
  const { t } = useI18n()
  return ({ role, name }) => (name === '' ? t(`term.role.${role}`) : t('links.who', { role: t(`term.role.${role}`), name }))
}

/** The links of one session: loaded at once, and again after every change. */
export function useLinks(sessionId: string) {
  const { refusalText } = useRefusalText()
  const links = shallowRef<SignInLink[] | null>(null)
  /** Why they could not be loaded. */
  const error = shallowRef<Refusal | null>(null)
  /** Revoked while this page was open, and no guest's: shown once more, so that nobody wonders where they are. */
  const revoked = shallowRef<readonly SignInLink[]>([])
  const busy = shallowReactive(new Set<string>())
  const refused = ref<string | null>(null)
  let alive = true
  onScopeDispose(() => (alive = false))

  function take(answer: SignInLink[]) {
    const now = new Set(answer.map(({ id }) => id))
    links.value = answer
    revoked.value = revoked.value.filter(({ id }) => !now.has(id))
  }

  async function load() {
    error.value = null
    try {
      const answer = await getJson<SignInLink[]>(pathOf(sessionId))
      if (alive) take(answer)
    } catch (thrown) {
      if (alive) error.value = refusalOf(thrown)
    }
  }

  /** Resolves to whether it was done; never rejects. */
  async function changing(id: string, request: () => Promise<SignInLink[]>): Promise<boolean> {
    if (busy.has(id)) return false
    busy.add(id)
    refused.value = null
    try {
      // Also after this page was left: whoever renewed the link that they came by goes on from its new address.
      take(await request())
      return true
    } catch (thrown) {
      if (alive) refused.value = refusalText(refusalOf(thrown))
      return false
    } finally {
      busy.delete(id)
    }
  }

  onMounted(load)
  return {
    links,
    error,
    revoked,
    busy,
    /** Why the last change was refused, in words. */
    refused,
    load,
    act: (link: SignInLink, act: ActOnLink) => changing(link.id, () => actOnLink(sessionId, link.id, act)),
    async revoke(link: SignInLink): Promise<boolean> {
      const done = await changing(link.id, () => actOnLink(sessionId, link.id, { action: 'revoke' }))
      if (done && alive && !links.value?.some(({ id }) => id === link.id)) revoked.value = [...revoked.value, link]
      return done
    },
    create: (input: CreateLink) => changing(input.id, () => sendJson<SignInLink[]>('POST', pathOf(sessionId), input)),
  }
}
