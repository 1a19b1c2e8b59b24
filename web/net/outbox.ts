import { inject, shallowReadonly, shallowRef, watch } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { OwnQuestion, SubmitQuestion } from '../../shared/questions.ts'
import { createOutboxStore } from './outboxStore.ts'
import { isPassing, refusalOf } from './refusal.ts'
import type { Connection, ConnectionStatus } from './types.ts'

/** `refused` stays listed, with its text, until it is dismissed or sent again. `retryAt`: from when (milliseconds since 1970) the server may take it, as far as it said. */
export type OutboxEntry = { payload: SubmitQuestion; state: 'waiting' | 'sending' | 'refused'; error?: Refusal; retryAt?: number }

export type Outbox = {
  pending: Readonly<ShallowRef<readonly OutboxEntry[]>>
  /** Keeps the question in this browser until the server has it, over reloads and outages. The id makes a retry harmless. */
  enqueueQuestion(payload: SubmitQuestion): void
  /** Sends a refused entry once more, under the same id. */
  retry(id: string): void
  /** Forgets an entry by its question's id: a refused one, or one that its author no longer wants to send. */
  dismiss(id: string): void
  /** Called when the server has acknowledged a question. Returns the undo. */
  onDelivered(listener: (payload: SubmitQuestion, question: OwnQuestion) => void): () => void
  close(): void
}

const RETRY_MIN = 1_000
const RETRY_MAX = 30_000

/** Whether a request can come through now. A lost line is not tried: the question waits, and says so, until the line is back. */
const mayTry = (status: ConnectionStatus) => status === 'online' || status === 'connecting'

/** Sends what is kept in `storage`, in order, one at a time, whenever `connection` is there. */
export function createOutbox({ connection, storage }: { connection: Pick<Connection, 'status' | 'request'>; storage: Storage | null }): Outbox {
  const store = createOutboxStore(storage)
  const pending = shallowRef<readonly OutboxEntry[]>(store.load())
  const delivered = new Set<(payload: SubmitQuestion, question: OwnQuestion) => void>()
  let running = false
  let closed = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const update = (id: string, change: Partial<OutboxEntry>) => {
    pending.value = pending.value.map((entry) => (entry.payload.id === id ? { ...entry, ...change } : entry))
    const entry = pending.value.find(({ payload }) => payload.id === id)
    if (entry?.state === 'refused') store.save(entry)
  }
  const dismiss = (id: string) => {
    pending.value = pending.value.filter(({ payload }) => payload.id !== id)
    store.remove(id)
  }

  /** Whether to go on with the next entry at once. */
  async function send({ payload }: OutboxEntry): Promise<boolean> {
    update(payload.id, { state: 'sending' })
    try {
      const { question } = await connection.request('question:submit', payload)
      failures = 0
      dismiss(payload.id)
      for (const listener of [...delivered]) listener(payload, question)
      return true
    } catch (thrown) {
      const error = refusalOf(thrown)
      if (!isPassing(error.code)) {
        update(payload.id, { state: 'refused', error, ...(error.retryAfterMs === undefined ? {} : { retryAt: Date.now() + error.retryAfterMs }) })
        return true
      }
      update(payload.id, { state: 'waiting', error })
      failures += 1
      again(error.retryAfterMs ?? Math.min(RETRY_MAX, RETRY_MIN * 2 ** (failures - 1)))
      return false
    }
  }

  function again(afterMs: number) {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void flush(), afterMs)
  }

  async function flush() {
    if (running || closed) return
    running = true
    clearTimeout(timer)
    for (;;) {
      const next = pending.value.find(({ state }) => state === 'waiting')
      if (!next || closed || !mayTry(connection.status.value)) break
      if (!(await send(next))) break
    }
    running = false
  }

  function enqueue(payload: SubmitQuestion) {
    const entry: OutboxEntry = { payload, state: 'waiting' }
    pending.value = [...pending.value.filter(({ payload: { id } }) => id !== payload.id), entry]
    store.save(entry)
    void flush()
  }

  const stop = watch(connection.status, (status) => {
    if (status === 'online') void flush()
  })
  void flush()

  return {
    pending: shallowReadonly(pending),
    enqueueQuestion: enqueue,
    retry(id) {
      const refused = pending.value.find((entry) => entry.payload.id === id && entry.state === 'refused')
      if (refused) enqueue(refused.payload)
    },
    dismiss,
    onDelivered(listener) {
      delivered.add(listener)
      return () => delivered.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(timer)
      stop()
    },
  }
}

export const outboxKey: InjectionKey<Outbox> = Symbol('outbox')

/** The application's outbox; call in `setup`. */
export function useOutbox(): Outbox {
  const outbox = inject(outboxKey)
  if (!outbox) throw new Error('No outbox was provided')
  return outbox
}
