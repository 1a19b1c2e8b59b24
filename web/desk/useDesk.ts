import { useIntervalFn, useLocalStorage } from '@vueuse/core'
import { computed, inject, provide, ref, shallowReactive, shallowRef } from 'vue'
import type { InjectionKey } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DeskQuestion } from '../../shared/questions.ts'
import { may } from '../../shared/rules/permissions.ts'
import { useMe } from '../accounts/useMe.ts'
import { useConnection } from '../net/socket.ts'
import type { SessionState } from '../sessions/useSession.ts'
import { createSpotDesk } from '../spot/desk/useSpotDesk.ts'
import { BULK_ACTIONS, actionsFor, bulkActionsFor, isReadOnly, replacedBy } from './rules/actions.ts'
import type { BulkAction } from './rules/actions.ts'
import { columnOf } from './rules/columns.ts'
import type { Columns } from './rules/columns.ts'
import { orderApproved } from './rules/order.ts'
import type { ApprovedOrder } from './rules/order.ts'
import type { DeskAction } from './rules/shortcuts.ts'
import { answerTime, oneMinuteMore } from './rules/timer.ts'
import { stateAfter, undoOf } from './rules/undo.ts'
import { isLate } from './rules/waiting.ts'
import { useActions } from './useActions.ts'
import { useBoard } from './useBoard.ts'
import { useBulk } from './useBulk.ts'
import { useDeskStage } from './useDeskStage.ts'
import { useFilter } from './useFilter.ts'
import { useMarks } from './useMarks.ts'
import { useOutcome } from './useOutcome.ts'
import { useSelection } from './useSelection.ts'
import { useWords } from './useWords.ts'

/** How often waiting times are counted anew, in milliseconds. */
const TICK = 10_000

/** What an action is about: one question as the person decided upon it, or those marked. */
type Subject = { questions: readonly DeskQuestion[]; bulk: boolean }
/** The dialog in which an action is completed. */
export type OpenDialog = { action: 'decline' | 'edit' | 'merge' | 'reply' | 'label' | 'assign'; about: Subject }
/** What the desk's menu opens. */
export type Tool = 'offline' | 'pace' | 'words' | 'people' | 'flags' | 'rule' | 'links' | 'team' | 'spots' | 'share' | 'help'

const NOTHING: ReadonlyMap<string, DeskQuestion> = new Map()

/** All that the desk's parts share: made once by the board, found by its parts with {@link useDesk}. */
export function createDesk(sessionId: string, state: () => SessionState) {
  const { t } = useI18n()
  const me = useMe()
  const { status } = useConnection()
  const actor = computed(() => me.actor(sessionId))
  const desk = () => state().desk ?? NOTHING
  const session = () => state().session

  const stage = useDeskStage(sessionId, actor.value, () => session().phase)

  const now = ref(state().serverNow())
  useIntervalFn(() => (now.value = state().serverNow()), TICK)
  const clock = () => ({ now: now.value, phase: session().phase, wentLiveAt: session().wentLiveAt })

  const locked = computed(() => (status.value === 'online' ? null : t(`desk.locked.${status.value}`)))
  const live = computed(() => session().phase === 'live' || session().phase === 'paused')
  const outcome = useOutcome()
  const actions = useActions(sessionId, desk, {
    ...outcome,
    done(question, input, version) {
      const undo = undoOf(question, input)
      outcome.done(question, input, undo && (() => void actions.act({ ...question, state: stateAfter(question, input), version }, undo)))
    },
  })
  createSpotDesk({
    sessionId,
    state,
    allowed: () => may(actor.value, 'spot.record'),
    locked: () => locked.value,
    speaker: () => stage.stage.media.value?.speaker ?? null,
    reports: {
      done: (text, undo) => outcome.put('done', text, undo),
      failed: outcome.refused,
    },
  })
  const bulk = useBulk(sessionId, desk, outcome, actions.claim)

  const order = useLocalStorage<ApprovedOrder>('fangtan.desk.order', 'votes')
  const rule = computed(() => session().settings.rule)
  const approve = computed(() => (order.value === 'votes' ? undefined : ({ approved, asking, answered }: Columns) => orderApproved(order.value, approved, [...asking, ...answered], rule.value, now.value)))

  const filter = useFilter(clock, () => state().moderation?.flags ?? [])
  const board = useBoard(desk, () => filter.pass.value, actions.own, () => approve.value)
  const selection = useSelection(board.board, board.settle)
  const marks = useMarks(board.board)
  const words = useWords(sessionId, () => may(actor.value, 'words.edit'), () => board.columns.value.pending, () => state().moderation?.heldChat ?? [])

  const dialog = shallowRef<OpenDialog | null>(null)
  const tool = ref<Tool | null>(null)
  /** The question looked at closely, by id. */
  const details = ref<string | null>(null)
  /** Whose menu is open, and the button that opened it. */
  const menu = shallowRef<{ id: string; button: HTMLElement } | null>(null)
  /** Whose sanction is being decided upon. */
  const person = shallowRef<{ author: string; name: string | null } | null>(null)
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
      case 'merge':
      case 'reply':
      case 'label':
      case 'assign':
        dialog.value = { action, about: { questions: [question], bulk: false } }
        return
      case 'air':
        void actions.act(question, { action, replacing: replacedBy(question, asking.value)?.id ?? null, seconds: session().settings.answerSeconds })
        return
      case 'time': {
        const { spent } = answerTime(question.askedAt ?? question.submittedAt, question.timeLimit, state().serverNow())
        void actions.act(question, { action, seconds: oneMinuteMore(question.timeLimit, spent) })
        return
      }
      case 'approve':
      case 'answer':
      case 'split':
      case 'take_back':
        void actions.act(question, { action })
    }
  }

  /** For what needs no words: the bar goes with its marks, and the work goes on at the selected card. */
  async function runBulk(action: 'approve' | 'take_back') {
    if (!(await bulk.run(marked.value, { action }))) return
    marks.clear()
    await selection.focus()
  }

  const marked = computed(() => [...marks.ids.value].flatMap((id) => desk().get(id) ?? []))
  const markedActions = computed(() => (marks.marks.value ? bulkActionsFor(marks.marks.value.column, actor.value) : []))

  /** The same for all that is marked. */
  function runMarked(action: BulkAction) {
    if (locked.value) return outcome.say(locked.value)
    if (!markedActions.value.includes(action)) return outcome.say(t('desk.act.unavailable', { action: t(`desk.act.${action}`) }))
    if (marks.marks.value) board.settle(marks.marks.value.column)
    if (action === 'approve' || action === 'take_back') void runBulk(action)
    else dialog.value = { action, about: { questions: marked.value, bulk: true } }
  }

  /** Takes the last action back. */
  function undo() {
    const last = outcome.last.value?.undo
    if (!last) return
    if (locked.value) return outcome.say(locked.value)
    outcome.clear()
    last.run()
  }

  const context = {
    sessionId,
    state,
    desk,
    actor,
    stage,
    filter,
    order,
    rule,
    now,
    locked,
    airLocked,
    mayAir: computed(() => may(actor.value, 'question.air')),
    /** Whether there is anything that could be done with many questions at once. */
    mayMark: computed(() => BULK_ACTIONS.some((action) => may(actor.value, `question.${action}`))),
    /** This person sees the desk, and changes nothing at it. */
    readOnly: computed(() => isReadOnly(actor.value)),
    /** How many questions have waited too long for their review. */
    late: computed(() => board.columns.value.pending.filter((question) => isLate(question, clock())).length),
    isLate: (question: DeskQuestion) => isLate(question, clock()),
    outcome,
    actions,
    bulk,
    board,
    selection,
    marks,
    marked,
    markedActions,
    words,
    dialog,
    tool,
    details,
    menu,
    person,
    drafts,
    run,
    runMarked,
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
