import { onScopeDispose, ref, shallowReactive } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskHand, SetFloor } from '../../../shared/floor.ts'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import { useDesk } from '../../desk/useDesk.ts'
import { useRefusalText } from '../../i18n/useRefusalText.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useConnection } from '../../net/socket.ts'
import { standingOf } from '../standing.ts'
import type { HandDeed } from './rules.ts'

/** What the desk does on the floor. Nothing is shown as done before the server says so; what became of it stands in the desk's line. */
export function useFloorDesk() {
  const desk = useDesk()
  const connection = useConnection()
  const { t } = useI18n()
  const { refusalText } = useRefusalText()
  /** Hands and seats whose change is under way. */
  const busy = shallowReactive(new Set<string>())
  const setting = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  function refused(hand: DeskHand, { code, current, issues, ...refusal }: Refusal) {
    const { number } = hand
    const now = standingOf(current, hand.id)
    if (issues?.some((issue) => issue.code === 'out_of_turn')) desk.outcome.say(t('floorDesk.outOfTurnNow', { number }))
    else if ((code === 'stale' || code === 'wrong_state') && now && now.state !== hand.state) desk.outcome.say(t('floorDesk.stale', { number, state: t(`floorDesk.state.${now.state}`) }))
    else if (code === 'stale') desk.outcome.say(t('floorDesk.changed', { number }))
    else if (code === 'not_found') desk.outcome.say(t('floorDesk.gone', { number }))
    else desk.outcome.put('error', t('floorDesk.notDone', { number, why: refusalText({ code, ...refusal }) }))
  }

  /** Does one thing with `hand` as this person sees it. Resolves to whether it was done; never rejects. */
  async function act(hand: DeskHand, deed: HandDeed): Promise<boolean> {
    if (busy.has(hand.id)) return false
    if (desk.locked.value) {
      desk.outcome.say(desk.locked.value)
      return false
    }
    busy.add(hand.id)
    try {
      const { version } = await connection.request('hand:act', { ...deed, sessionId: desk.sessionId, handId: hand.id, expectedVersion: hand.version })
      if (gone) return true
      const text = t(`floorDesk.done.${deed.action}`, { number: hand.number })
      const invited: DeskHand = { ...hand, state: 'invited', version }
      desk.outcome.put('done', text, deed.action === 'invite' ? { label: t('desk.done.undoLabel', { text }), run: () => void act(invited, { action: 'recall' }) } : null)
      return true
    } catch (error) {
      if (!gone) refused(hand, refusalOf(error))
      return false
    } finally {
      busy.delete(hand.id)
    }
  }

  return {
    act,
    busy,
    setting,
    /** Resolves to whether it was done; never rejects. */
    async set(change: Partial<Pick<SetFloor, 'open' | 'seconds' | 'tables'>>): Promise<boolean> {
      const { version, ...floor } = desk.state().floor
      if (setting.value) return false
      setting.value = true
      try {
        await connection.request('floor:set', { sessionId: desk.sessionId, expectedVersion: version, ...floor, ...change })
        if (!gone) desk.outcome.put('done', t(change.open === undefined ? 'floorDesk.settings.done' : change.open ? 'floorDesk.opened' : 'floorDesk.closed'))
        return true
      } catch (error) {
        if (gone) return false
        const refusal = refusalOf(error)
        desk.outcome.put('error', refusal.code === 'wrong_state' && change.tables ? t('floorDesk.settings.tableTaken') : refusalText(refusal))
        return false
      } finally {
        setting.value = false
      }
    },
  }
}

export type FloorDesk = ReturnType<typeof useFloorDesk>
