import { readonly, ref, shallowReadonly, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { TIMES } from '../../shared/limits.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { JoinAs, SessionEvents, SessionHead } from '../../shared/protocol/events.ts'
import { isPassing, refusalOf } from '../net/refusal.ts'
import type { Connection } from '../net/types.ts'
import { createMembership } from './membership.ts'
import { applyJoined, applyMessage, clockFrom } from './reduce.ts'
import type { SessionState } from './reduce.ts'

const RETRY_MIN = 1_000
const RETRY_MAX = 10_000
/** Milliseconds without a sound from the server after which the line counts as dead: three heads missed. */
const SILENCE = 3 * TIMES.headBeat + 1_000
/** A countdown need not jump for less, in milliseconds. */
const CLOCK_DRIFT = 1_000

export type SessionFeed = {
  /** null until the first join. Kept, as it was last known, while the line is away. */
  state: Readonly<ShallowRef<SessionState | null>>
  /** `error`: the server has refused for good (unknown session, no right). Passing trouble stays `loading` or `ready`, with `error` set while it lasts. */
  phase: Readonly<Ref<'loading' | 'ready' | 'error'>>
  error: Readonly<ShallowRef<Refusal | null>>
  /** Joins again, from the beginning when it was refused. */
  refresh(): void
  close(): void
}

/** Follows one session: joins it, applies what comes in order, asks for what was missed after a gap or a reconnect. */
export function createSessionFeed(connection: Connection, sessionId: string, as: JoinAs, now: () => number = Date.now): SessionFeed {
  const membership = createMembership(connection)
  const state = shallowRef<SessionState | null>(null)
  const phase = ref<'loading' | 'ready' | 'error'>('loading')
  const error = shallowRef<Refusal | null>(null)
  let joining = false
  let joinAgain = false
  let closed = false
  let failures = 0
  /** Messages that arrive while a join is under way. */
  let held: SessionEvents[] = []
  /** The sequence of the last head: we must be there when the next one comes. */
  let due = 0
  let retry: ReturnType<typeof setTimeout> | undefined

  function take(message: SessionEvents) {
    if (!state.value) return
    const next = applyMessage(state.value, message)
    if (next === 'gap') void join()
    else state.value = next
  }

  async function join() {
    if (closed) return
    if (joining) {
      joinAgain = true
      return
    }
    joining = true
    clearTimeout(retry)
    try {
      const since = state.value && { epoch: state.value.epoch, seq: state.value.seq }
      const joined = await membership.join({ sessionId, as, since })
      if (closed) return
      state.value = applyJoined(state.value, joined, now)
      phase.value = state.value ? 'ready' : 'loading'
      error.value = null
      failures = 0
      due = 0
    } catch (thrown) {
      if (closed) return
      error.value = refusalOf(thrown)
      if (!isPassing(error.value.code)) {
        phase.value = 'error'
      } else {
        failures += 1
        const wait = error.value.retryAfterMs ?? Math.min(RETRY_MAX, RETRY_MIN * 2 ** (failures - 1))
        retry = setTimeout(() => void join(), wait)
      }
    } finally {
      joining = false
      const messages = held
      held = []
      const again = joinAgain
      joinAgain = false
      if (!closed && phase.value === 'ready') {
        messages.forEach(take)
        if (again) void join()
      }
    }
  }

  function onEvents(message: SessionEvents) {
    if (message.sessionId !== sessionId) return
    if (joining) held.push(message)
    else take(message)
  }

  function onHead(head: SessionHead) {
    const current = state.value
    if (head.sessionId !== sessionId || joining || !current) return
    if (head.epoch !== current.epoch || due > current.seq) {
      due = 0
      void join()
      return
    }
    due = head.seq
    const clock = clockFrom(head.now, now)
    const drifted = Math.abs(clock() - current.serverNow()) > CLOCK_DRIFT
    if (!drifted && head.watching === current.watching) return
    state.value = { ...current, watching: head.watching, serverNow: drifted ? clock : current.serverNow }
  }

  const undo = [
    connection.on('session:events', onEvents),
    connection.on('session:head', onHead),
    connection.onReconnect(() => void join()),
    connection.expectBeat(SILENCE),
    watch(connection.status, (status) => {
      if (status === 'online' && phase.value === 'loading') void join()
    }),
  ]
  void join()

  return {
    state: shallowReadonly(state),
    phase: readonly(phase),
    error: shallowReadonly(error),
    refresh() {
      if (phase.value === 'error') phase.value = state.value ? 'ready' : 'loading'
      void join()
    },
    close() {
      if (closed) return
      closed = true
      clearTimeout(retry)
      for (const stop of undo) stop()
      void membership.leave(sessionId)
    },
  }
}
