import { useI18n } from 'vue-i18n'
import type { SignInLink } from '../../shared/accounts.ts'
import { useMe } from '../accounts/useMe.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useLinkName } from './useLinks.ts'

type Asked = Pick<SignInLink, 'id' | 'role' | 'name' | 'holder'>

/** Asks before somebody loses access, and says who it is; call in `setup`. */
export function useLinkQuestions() {
  const { t } = useI18n()
  const { me } = useMe()
  const confirm = useConfirm()
  const nameOf = useLinkName()

  /** Whether this page itself came in by `link`. */
  const own = (link: Pick<SignInLink, 'id'>) => me.value?.grants.some(({ id }) => id === link.id) ?? false

  function loss(link: Asked, act: 'renew' | 'revoke'): string {
    const words = { who: nameOf(link), device: link.holder?.device || t('links.device') }
    if (own(link)) return t(`links.${act}.own`)
    if (link.role === 'guest') return t(link.holder ? `links.${act}.held` : `links.${act}.free`, words)
    return t(`links.${act}.shared`)
  }

  return {
    own,
    mayRenew: (link: Asked) => confirm({ title: t('links.renew.title', { who: nameOf(link) }), detail: loss(link, 'renew'), confirmLabel: t('links.renew.label'), danger: true }),
    mayRevoke: (link: Asked) => confirm({ title: t('links.revoke.title', { who: nameOf(link) }), detail: loss(link, 'revoke'), confirmLabel: t('links.revoke.label'), danger: true }),
  }
}
