import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { may } from '../../shared/rules/permissions.ts'
import type { PhaseAction } from '../../shared/rules/sessionLifecycle.ts'
import { tellScreens } from '../screen/hallChannel.ts'
import { useDesk } from './useDesk.ts'
import type { Tool } from './useDesk.ts'

/** What the desk's one menu holds, in groups: what is done now and then, what is taken away, other pages, and the steps that turn back. */
export function useMenu(rare: () => readonly PhaseAction[], request: (action: PhaseAction) => void) {
  const desk = useDesk()
  const router = useRouter()
  const { t } = useI18n()
  const id = desk.sessionId

  const tool = (name: Tool, icon: string, label = t(`desk.menu.${name}`)) => ({ label, icon, 'data-testid': `menu-${name}`, onSelect: () => (desk.tool.value = name) })
  const page = (name: 'watch' | 'ledger' | 'summary', icon: string) => ({ label: t(`desk.menu.${name}`), icon, to: router.resolve({ name, params: { id } }).href, target: '_blank' })
  /** With the code of the hall, by which the phones that scan it are known to be there. */
  const screen = () => {
    const hall = desk.state().session.kind === 'symposium' ? desk.state().moderation?.hall.code : undefined
    return { label: t('desk.menu.screen'), icon: 'i-lucide-presentation', to: router.resolve({ name: 'screen', params: { id }, query: hall ? { hall } : {} }).href, target: '_blank', 'data-testid': 'menu-screen' }
  }
  watch(
    () => desk.state().moderation?.hall.code,
    (code) => code && tellScreens(id, code),
  )
  const file = (extension: 'csv' | 'json') => ({ label: t(`desk.menu.${extension}`), icon: 'i-lucide-download', to: `/api/sessions/${id}/questions.${extension}`, external: true, download: '', target: '_self' })

  return computed(() => {
    const actor = desk.actor.value
    const { sanctions = [], flags = [] } = desk.state().moderation ?? {}
    const open = flags.filter(({ state }) => state === 'open').length
    const groups = [
      [
        ...(may(actor, 'question.intake') ? [tool('offline', 'i-lucide-phone')] : []),
        ...(may(actor, 'session.intake') && !desk.state().session.intake.cut ? [tool('pace', 'i-lucide-gauge')] : []),
        ...(may(actor, 'words.edit') ? [tool('words', 'i-lucide-hand')] : []),
        ...(may(actor, 'person.sanction') ? [tool('people', 'i-lucide-user-x', t('desk.menu.people', { count: sanctions.length }, sanctions.length))] : []),
        ...(flags.length > 0 ? [tool('flags', 'i-lucide-triangle-alert', t('desk.menu.flags', { count: open }, open))] : []),
        ...(desk.rule.value ? [tool('rule', 'i-lucide-scale')] : []),
        ...(may(actor, 'spot.record') || desk.state().spots.size > 0 ? [tool('spots', 'i-lucide-handshake', t('desk.menu.spots', { count: desk.state().spots.size }))] : []),
      ],
      [...(may(actor, 'session.export') ? [file('csv'), file('json')] : []), page('summary', 'i-lucide-printer'), page('ledger', 'i-lucide-scroll-text')],
      [
        page('watch', 'i-lucide-external-link'),
        screen(),
        ...(may(actor, 'session.edit') ? [{ label: t('desk.menu.edit'), icon: 'i-lucide-settings-2', to: { name: 'edit', params: { id } } }] : []),
        ...(may(actor, 'agenda.edit') ? [{ label: t(desk.state().session.kind === 'symposium' ? 'desk.menu.agenda' : 'desk.menu.notice'), icon: 'i-lucide-list-ordered', to: { name: 'agenda', params: { id } }, 'data-testid': 'menu-agenda' }] : []),
        ...(may(actor, 'attendance.manage') && desk.state().session.kind === 'symposium' ? [{ label: t('desk.menu.attendance'), icon: 'i-lucide-users-round', to: { name: 'attendance', params: { id } }, 'data-testid': 'menu-attendance' }] : []),
        ...(may(actor, 'attendance.check_in') && desk.state().session.kind === 'symposium' ? [{ label: t('desk.menu.hall'), icon: 'i-lucide-door-open', to: router.resolve({ name: 'hall', params: { id } }).href, target: '_blank', 'data-testid': 'menu-hall' }] : []),
        tool('share', 'i-lucide-share-2'),
        ...(may(actor, 'session.links') ? [tool('links', 'i-lucide-link')] : []),
        ...(may(actor, 'session.team') ? [tool('team', 'i-lucide-users')] : []),
        tool('help', 'i-lucide-keyboard'),
      ],
      rare().map((action) => ({ label: t(`desk.phase.${action}`), icon: 'i-lucide-undo-2', color: action === 'cancel' ? ('error' as const) : undefined, disabled: desk.locked.value !== null, onSelect: () => request(action) })),
    ]
    return groups.filter((group) => group.length > 0)
  })
}
