import { onMounted, onScopeDispose, ref, shallowRef } from 'vue'
import type { AddTeam, Colleague, TeamMember } from '../../../shared/accounts.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { useRefusalText } from '../../i18n/useRefusalText.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'

/** Who of the staff works on one session, and who could. */
export function useTeam(sessionId: string) {
  const { refusalText } = useRefusalText()
  const path = `/api/sessions/${sessionId}/team`
  const team = shallowRef<TeamMember[] | null>(null)
  const colleagues = shallowRef<Colleague[]>([])
  /** Why they could not be loaded. */
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  /** Why the last change was refused, in words. */
  const refused = ref('')
  let alive = true
  onScopeDispose(() => (alive = false))

  async function load() {
    error.value = null
    try {
      const [members, staff] = await Promise.all([getJson<TeamMember[]>(path), getJson<Colleague[]>('/api/staff')])
      if (!alive) return
      team.value = members
      colleagues.value = staff
    } catch (thrown) {
      if (alive) error.value = refusalOf(thrown)
    }
  }

  /** Resolves to whether it was done; never rejects. */
  async function change(request: () => Promise<TeamMember[]>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    refused.value = ''
    try {
      const members = await request()
      if (alive) team.value = members
      return true
    } catch (thrown) {
      if (alive) refused.value = refusalText(refusalOf(thrown))
      return false
    } finally {
      busy.value = false
    }
  }

  onMounted(load)
  return {
    team,
    colleagues,
    error,
    busy,
    refused,
    load,
    add: (input: AddTeam) => change(() => sendJson<TeamMember[]>('POST', path, input)),
    remove: ({ grantId }: TeamMember) => change(() => sendJson<TeamMember[]>('DELETE', `${path}/${grantId}`, {})),
  }
}
