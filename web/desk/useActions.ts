import { onScopeDispose, shallowReactive } from 'vue'
import type { DeskQuestion } from '../../shared/questions.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import type { ActionInput } from './rules/input.ts'
import { explainStale, isAboutSession, latestKnown, onAirNow } from './rules/stale.ts'
import type { StaleNotice } from './rules/stale.ts'

/** Milliseconds for which a move counts as this person's own after its acknowledgement: the change itself may come a moment later. */
const OWN_FOR = 3_000

export type ActionReports = {
  /** It is done; `version` is what an undo must expect. */
  done(question: DeskQuestion, input: ActionInput, version: number): void
  /** Somebody was faster. */
  stale(question: DeskQuestion, notice: StaleNotice): void
  failed(question: DeskQuestion, refusal: Refusal): void
}

/** Sends the desk's actions and keeps what became of them. Nothing is shown as done before the server says so. */
export function useActions(sessionId: string, desk: () => ReadonlyMap<string, DeskQuestion>, reports: ActionReports) {
  const connection = useConnection()
  const busy = shallowReactive(new Set<string>())
  const notices = shallowReactive(new Map<string, StaleNotice>())
  /** Read when a list is arranged, never watched. */
  const own = new Set<string>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let left = false

  onScopeDispose(() => {
    left = true
    for (const timer of timers) clearTimeout(timer)
  })

  function disown(ids: readonly string[]) {
    if (left) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      for (const id of ids) own.delete(id)
    }, OWN_FOR)
    timers.add(timer)
  }

  function refused(question: DeskQuestion, input: ActionInput, refusal: Refusal) {
    if (refusal.code !== 'stale' && refusal.code !== 'wrong_state' && refusal.code !== 'not_found') return reports.failed(question, refusal)
    const notice = explain(question, input, refusal)
    notices.set(question.id, notice)
    reports.stale(question, notice)
  }

  function explain(question: DeskQuestion, input: ActionInput, { code, current: carried }: Refusal): StaleNotice {
    const known = desk().get(question.id)
    const current = code === 'not_found' ? null : latestKnown(question.id, known, carried)
    if (input.action !== 'air') return explainStale({ action: input.action, seen: question, replacing: null }, current, null)
    if (isAboutSession(carried)) return { kind: 'not_live', state: question.state, onAir: null }
    const shown = [...desk().values()].find((candidate) => candidate.state === 'asking') ?? null
    return explainStale({ action: 'air', seen: question, replacing: input.replacing }, current, onAirNow(question.id, shown, carried))
  }

  /** Does one thing with `question` as this person sees it. Resolves to whether it was done; never rejects. */
  async function act(question: DeskQuestion, input: ActionInput): Promise<boolean> {
    if (busy.has(question.id)) return false
    const ids = input.action === 'air' && input.replacing ? [question.id, input.replacing] : [question.id]
    busy.add(question.id)
    notices.delete(question.id)
    for (const id of ids) own.add(id)
    try {
      const { version } = await connection.request('question:act', { sessionId, questionId: question.id, expectedVersion: question.version, ...input })
      if (left) return true
      disown(ids)
      reports.done(question, input, version)
      return true
    } catch (error) {
      if (left) return false
      for (const id of ids) own.delete(id)
      refused(question, input, refusalOf(error))
      return false
    } finally {
      busy.delete(question.id)
    }
  }

  return {
    act,
    busy,
    notices,
    own,
    /** Takes the moves of `ids` for this person's own, until a moment after the returned end. */
    claim(ids: readonly string[]): () => void {
      for (const id of ids) own.add(id)
      return () => disown(ids)
    },
    dismiss: (id: string) => notices.delete(id),
  }
}

