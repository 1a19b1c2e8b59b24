import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref, WritableComputedRef } from 'vue'
import type { OwnQuestion } from '../../shared/questions.ts'
import { cleanLine, cleanText } from '../../shared/rules/text.ts'
import { useDisplayName } from '../accounts/useDisplayName.ts'
import { newId } from '../net/ids.ts'
import { useOutbox } from '../net/outbox.ts'
import { measure } from './asking.ts'
import type { Length } from './asking.ts'
import { ownThread } from './thread.ts'
import type { OwnEntry } from './thread.ts'
import { useDraft } from './useDraft.ts'

export type Ask = {
  text: Ref<string>
  /** Empty: anonymous. */
  name: WritableComputedRef<string>
  length: ComputedRef<Length>
  /** Everything this visitor asked in the session, sent or not, newest first. */
  thread: ComputedRef<OwnEntry[]>
  /** What became of the question written last, until `again`. */
  last: ComputedRef<OwnEntry | null>
  /** Hands the text to the outbox. False when it is empty or too long. */
  send(): boolean
  /** Takes back a question that was not sent, to be changed when `keepText`. */
  discard(entry: OwnEntry, keepText: boolean): void
  /** Makes room for another question. */
  again(): void
}

/** Asking in one session: the text that is being written and the questions that were. */
export function useAsk(sessionId: string, own: () => ReadonlyMap<string, OwnQuestion>): Ask {
  const outbox = useOutbox()
  const storedName = useDisplayName()
  const text = useDraft('question', sessionId)
  const length = computed(() => measure(text.value))
  const name = computed({ get: () => storedName.value ?? '', set: (value: string) => void (storedName.value = value || null) })
  const lastId = ref<string | null>(null)
  // The acknowledgement may be here before the session's own message is.
  const delivered = ref(new Map<string, OwnQuestion>())

  onScopeDispose(
    outbox.onDelivered((payload, question) => {
      if (payload.sessionId === sessionId) delivered.value.set(question.id, question)
    }),
  )

  const thread = computed(() => ownThread(sessionId, new Map([...delivered.value, ...own()]), outbox.pending.value))
  const last = computed(() => thread.value.find((entry) => entry.id === lastId.value) ?? null)

  function send(): boolean {
    if (length.value.empty || length.value.over) return false
    const id = newId()
    outbox.enqueueQuestion({ sessionId, id, text: cleanText(text.value), name: cleanLine(name.value) || null })
    text.value = ''
    lastId.value = id
    return true
  }

  function discard(entry: OwnEntry, keepText: boolean): void {
    outbox.dismiss(entry.id)
    if (keepText) text.value = text.value === '' ? entry.text : `${entry.text}\n${text.value}`
    if (lastId.value === entry.id) lastId.value = null
  }

  return {
    text,
    name,
    length,
    thread,
    last,
    send,
    discard,
    again() {
      lastId.value = null
    },
  }
}
