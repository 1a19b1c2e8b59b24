import { onScopeDispose, readonly, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Agenda, AgendaItem } from '../../shared/agenda.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useDesk } from '../desk/useDesk.ts'
import { useRefusalText } from '../i18n/useRefusalText.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'

/** Milliseconds after a step in which another press of the same button is the second half of a double click. What takes the step back need not wait. */
const SETTLE = 800

/** What a director does with the agenda at the desk. What was done is said in the desk's line, with the way back. Call in `setup`. */
export function useAgendaMoves() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  /** What may not be pressed now. */
  const busy = ref(false)
  let sending = false
  let gone = false
  let settling: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => {
    gone = true
    clearTimeout(settling)
  })

  /** As the last answer had it, which may be here before the event is. */
  let answered: Agenda | null = null
  const agenda = () => (answered && answered.version > desk.state().agenda.version ? answered : desk.state().agenda)
  const partOf = ({ items, current }: Agenda, id = current) => items.find((item) => item.id === id) ?? null

  function refused(refusal: Refusal) {
    if (refusal.code !== 'stale') return desk.outcome.put('error', refusal.code === 'wrong_state' ? t('agendaDesk.strip.notNow') : refusalText(refusal))
    const on = partOf(agenda())
    desk.outcome.say(on ? t('agendaDesk.strip.stale', { title: on.title }) : t('agendaDesk.strip.staleNone'))
  }

  /** @param done says what was done, from what the agenda is then; not called when it was refused */
  async function send(deed: { action: 'go'; itemId: string | null } | { action: 'extend'; minutes: number }, done: () => void): Promise<void> {
    if (sending) return
    if (desk.locked.value) return desk.outcome.say(desk.locked.value)
    sending = true
    busy.value = true
    clearTimeout(settling)
    try {
      answered = (await connection.request('agenda:act', { ...deed, sessionId: desk.sessionId, expectedVersion: agenda().version })).agenda
      if (!gone) done()
    } catch (error) {
      if (!gone) refused(refusalOf(error))
    } finally {
      sending = false
      settling = setTimeout(() => (busy.value = false), SETTLE)
    }
  }

  function go(item: AgendaItem | null): Promise<void> {
    const before = partOf(agenda())
    return send({ action: 'go', itemId: item?.id ?? null }, () => {
      const text = item ? t('agendaDesk.strip.went', { title: item.title }) : t('agendaDesk.strip.stopped', { title: before?.title ?? '' })
      desk.outcome.put('done', text, before && { label: t('agendaDesk.strip.undo', { title: before.title }), run: () => void go(before) })
    })
  }

  function extend(minutes: number): Promise<void> {
    const on = partOf(agenda())
    if (!on) return Promise.resolve()
    return send({ action: 'extend', minutes }, () => desk.outcome.put('done', t(minutes > 0 ? 'agendaDesk.strip.extended' : 'agendaDesk.strip.shortened', { title: on.title, count: Math.abs(minutes) })))
  }

  return { busy: readonly(busy), go, extend }
}
