import { useIntervalFn } from '@vueuse/core'
import { computed, inject, provide, ref, shallowReactive, shallowRef } from 'vue'
import type { InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskQuestion } from '../../shared/questions.ts'
import { may } from '../../shared/rules/permissions.ts'
import { useMe } from '../accounts/useMe.ts'
import { useConnection } from '../net/socket.ts'
import type { SessionState } from '../sessions/useSession.ts'
import { actionsFor, replacedBy } from './rules/actions.ts'
import { columnOf } from './rules/columns.ts'
import type { DeskAction } from './rules/shortcuts.ts'
import { useActions } from './useActions.ts'
import { useBoard } from './useBoard.ts'
import { useDeskStage } from './useDeskStage.ts'
import { useOutcome } from './useOutcome.ts'
import { useSelection } from './useSelection.ts'

/** How often waiting times are counted anew, in milliseconds. */
const TICK = 10_000

/** The dialog in which an action is completed. `seen`: the question as the person decided upon it. */
export type OpenDialog = { action: 'decline' | 'edit'; seen: DeskQuestion }

const NOTHING: ReadonlyMap<string, DeskQuestion> = new Map()

/** All that the desk's parts share: made once by the board, found by its parts with {@link useDesk}. */
export function createDesk(sessionId: string, state: () => SessionState) {
  const { t } = useI18n()
  const me = useMe()
  const { status } = useConnection()
  const actor = computed(() => me.actor(sessionId))
  const desk = () => state().desk ?? NOTHING

  const stage = useDeskStage(sessionId, actor.value, () => state().session.phase)

  const query = ref('')
  const now = ref(state().serverNow())
  useIntervalFn(() => (now.value = state().serverNow()), TICK)

  const locked = computed(() => (status.value === 'online' ? null : t(`desk.locked.${status.value}`)))
  const live = computed(() => state().session.phase === 'live' || state().session.phase === 'paused')
  const outcome = useOutcome()
  const actions = useActions(sessionId, desk, outcome)
  const board = useBoard(desk, query, actions.own)
  const selection = useSelection(board.board, board.settle)

  const dialog = shallowRef<OpenDialog | null>(null)
  /** What was typed and not sent, by action and question: kept through refusals and closed dialogs. */
  const drafts = shallowReactive(new Map<string, string>())

  const asking = computed(() => board.columns.value.asking)
  /** Why nobody can be put on air now, or null. */
  const airLocked = computed(() => (live.value ? null : t('desk.act.notLive')))

  /** Starts an action: does it, or opens the dialog that completes it. What is not possible is said, not silently dropped. */
  function run(question: DeskQuestion, action: DeskAction) {
    const reason = locked.value ?? (action === 'air' ? airLocked.value : null)
    if (reason) return outcome.say(reason)
    if (!actionsFor(question.state, actor.value).includes(action)) return outcome.say(t('desk.act.unavailable', { action: t(`desk.act.${action}`) }))
    const column = columnOf(question.state)
    if (column) board.settle(column)
    switch (action) {
      case 'decline':
      case 'edit':
        dialog.value = { action, seen: question }
        return
      case 'air':
        void actions.act(question, { action, replacing: replacedBy(question, asking.value)?.id ?? null })
        return
      case 'approve':
      case 'answer':
      case 'take_back':
        void actions.act(question, { action })
    }
  }

  /** Takes the last action back. */
  function undo() {
    const last = outcome.undoable.value
    if (!last) return
    if (locked.value) return outcome.say(locked.value)
    outcome.clear()
    void actions.act(last, { action: 'take_back' })
  }

  const context = {
    sessionId,
    state,
    desk,
    actor,
    stage,
    query,
    now,
    locked,
    airLocked,
    mayAir: computed(() => may(actor.value, 'question.air')),
    outcome,
    actions,
    board,
    selection,
    dialog,
    drafts,
    run,
    undo,
    replacedBy: (question: DeskQuestion) => replacedBy(question, asking.value),
  }
  provide(deskKey, context)
  return context
}

export type Desk = ReturnType<typeof createDesk>
const deskKey: InjectionKey<Desk> = Symbol('desk')

/** The desk around this component. */
export function useDesk(): Desk {
  const desk = inject(deskKey)
  if (!desk) throw new Error('No desk was provided')
  return desk
}
