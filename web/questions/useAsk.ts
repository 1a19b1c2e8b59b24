import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref, WritableComputedRef } from 'vue'
import type { OwnQuestion } from '../../shared/questions.ts'
import { cleanLine, cleanText } from '../../shared/rules/text.ts'
import type { Topic } from '../../shared/sessions.ts'
import { useDisplayName } from '../accounts/useDisplayName.ts'
import { newId } from '../net/ids.ts'
import { useOutbox } from '../net/outbox.ts'
import { measure } from './asking.ts'
import type { Length } from './asking.ts'
import { ownThread } from './thread.ts'
import type { OwnEntry } from './thread.ts'
import { NO_EXTRAS, useDraft, useExtrasDraft } from './useDraft.ts'
import type { Extras } from './useDraft.ts'

export type Written = { text: string; extras: Extras }

export type Ask = {
  sessionId: string
  text: Ref<string>
  /** What goes with the text; replaced as a whole. */
  extras: Ref<Extras>
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
  /** Sends once more what was refused. */
  retry(entry: OwnEntry): void
  /** Makes room for another question. */
  again(): void
  /** Empties the draft, and returns what was in it. */
  clear(): Written
  /** Puts back what `clear` returned, before whatever was typed since. */
  restore(written: Written): void
  /** Begins a question that follows up this one of one's own. */
  follow(question: OwnQuestion): void
}

/** Asking in one session: the text that is being written and the questions that were. `forum`: code of the forum in whose pages it is asked. */
export function useAsk(sessionId: string, own: () => ReadonlyMap<string, OwnQuestion>, topics: () => readonly Topic[], forum: string | null = null): Ask {
  const outbox = useOutbox()
  const storedName = useDisplayName()
  const text = useDraft('question', sessionId)
  const extras = useExtrasDraft(sessionId)
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

  function clear(): Written {
    const written = { text: text.value, extras: extras.value }
    text.value = ''
    extras.value = { ...NO_EXTRAS }
    return written
  }

  function restore(written: Written): void {
    text.value = text.value === '' ? written.text : `${written.text}\n${text.value}`
    const now = extras.value
    extras.value = { topicId: now.topicId ?? written.extras.topicId, pictureId: now.pictureId ?? written.extras.pictureId, follows: now.follows ?? written.extras.follows }
  }

  function send(): boolean {
    if (length.value.empty || length.value.over) return false
    const id = newId()
    const { topicId, pictureId, follows } = extras.value
    // A topic that the host has taken away since it was chosen is none.
    outbox.enqueueQuestion({ sessionId, id, text: cleanText(text.value), name: cleanLine(name.value) || null, topicId: topics().some(({ id: known }) => known === topicId) ? topicId : null, pictureId, follows: follows?.id ?? null, ...(forum === null ? {} : { forum }) })
    clear()
    lastId.value = id
    return true
  }

  function discard(entry: OwnEntry, keepText: boolean): void {
    outbox.dismiss(entry.id)
    if (lastId.value === entry.id) lastId.value = null
    if (!keepText || entry.kind !== 'unsent') return
    const { topicId, pictureId, follows } = entry.payload
    const followed = follows === null ? undefined : own().get(follows)
    restore({ text: entry.text, extras: { topicId, pictureId, follows: followed ? { id: followed.id, number: followed.number } : null } })
  }

  return {
    sessionId,
    text,
    extras,
    name,
    length,
    thread,
    last,
    send,
    discard,
    retry: (entry) => outbox.retry(entry.id),
    again() {
      lastId.value = null
    },
    clear,
    restore,
    follow({ id, number }) {
      lastId.value = null
      extras.value = { ...extras.value, follows: { id, number } }
    },
  }
}
