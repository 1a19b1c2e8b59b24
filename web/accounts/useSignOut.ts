import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { sendJson } from '../net/http.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useToasts } from '../ui/useToasts.ts'
import { useIdentity } from './identity.ts'
import { useMe } from './useMe.ts'

/** Makes this browser nobody in particular again, and goes home. Whoever holds a link is asked first: there is no password to come back with. */
export function useSignOut() {
  const { t } = useI18n()
  const { me } = useMe()
  const identity = useIdentity()
  const confirm = useConfirm()
  const router = useRouter()
  const toasts = useToasts()

  return async () => {
    const byLink = me.value?.signedIn === 'link'
    if (byLink && !(await confirm({ title: t('account.menu.leaveTitle'), detail: t('account.menu.leaveDetail'), confirmLabel: t('account.menu.leave') }))) return
    if (!(await toasts.attempt(() => identity.change(() => sendJson('POST', '/api/sign-out', {}))))) return
    toasts.done(byLink ? t('account.menu.left') : t('account.menu.signedOut'))
    await router.push('/')
  }
}
