import { onScopeDispose, readonly, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Invitation, InvitationMade, StaffAct, StaffActed, StaffMember } from '../../../shared/staff.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useConfirm } from '../../ui/useConfirm.ts'
import { useToasts } from '../../ui/useToasts.ts'
import { useLoaded } from '../useLoaded.ts'

/** Accounts and invitations as the server has them, and what is done about them; call in `setup`. Each deed asks first, and tells what came of it. */
export function usePeople() {
  const { t } = useI18n()
  const confirm = useConfirm()
  const toasts = useToasts()
  const people = useLoaded(() => getJson<StaffMember[]>('/api/admin/people'))
  const invitations = useLoaded(() => getJson<Invitation[]>('/api/admin/invitations'))
  /** A link that was just made: shown once. */
  const link = shallowRef<{ purpose: 'invite' | 'reset'; name: string; url: string } | null>(null)
  const busy = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function run<T>(request: () => Promise<T>, impossible: string | null = null): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    try {
      return await request()
    } catch (thrown) {
      const refusal = refusalOf(thrown)
      if (gone) return null
      if (refusal.code === 'wrong_state' && impossible !== null) toasts.notice(impossible)
      else toasts.refused(refusal)
      return null
    } finally {
      busy.value = false
    }
  }

  const loadBoth = () => Promise.all([people.load(), invitations.load()])

  return {
    people,
    invitations,
    link,
    busy: readonly(busy),
    async saved() {
      toasts.done(t('admin.saved'))
      await people.load()
    },
    async made({ invitation, url }: InvitationMade) {
      link.value = { purpose: 'invite', name: invitation.name, url }
      await invitations.load()
    },
    async act({ id, name }: StaffMember, action: StaffAct) {
      const asked = { title: t(`admin.people.ask.${action}.title`, { name }), detail: t(`admin.people.ask.${action}.detail`), confirmLabel: t(`admin.people.act.${action}`), danger: action === 'remove_second_factor' || action === 'sign_out' }
      if (!(await confirm(asked)) || gone) return
      const acted = await run(() => sendJson<StaffActed>('POST', `/api/admin/people/${id}/act`, { action }), t('admin.people.impossible'))
      if (gone) return
      if (acted) {
        toasts.done(t(`admin.people.done.${action}`))
        if (acted.url !== null) link.value = { purpose: 'reset', name, url: acted.url }
      }
      await loadBoth()
    },
    async revoke({ id, name }: Invitation) {
      if (!(await confirm({ title: t('admin.people.revokeTitle', { name }), detail: t('admin.people.revokeDetail'), confirmLabel: t('admin.people.revoke'), danger: true })) || gone) return
      const done = await run(async () => {
        await sendJson('DELETE', `/api/admin/invitations/${id}`, {})
        return true
      })
      if (gone) return
      if (done) toasts.done(t('admin.people.revoked'))
      await invitations.load()
    },
  }
}
