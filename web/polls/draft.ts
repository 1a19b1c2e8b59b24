import { LIMITS } from '../../shared/limits.ts'
import type { PollKind, PollView, SavePoll } from '../../shared/polls.ts'
import { cleanLine, countCharacters } from '../../shared/rules/text.ts'

/** A poll as a host writes it. */
export type PollDraft = Pick<PollView, 'id' | 'kind' | 'title' | 'maxChoices' | 'showResults' | 'options'> & { /** null: not saved yet. */ version: number | null }

export const POLL_KINDS = ['single', 'multiple', 'rating', 'words'] as const satisfies readonly PollKind[]

export const hasOptions = (kind: PollKind) => kind === 'single' || kind === 'multiple'

/** A new poll with two options to fill in. */
export function emptyDraft(newId: () => string): PollDraft {
  return { id: newId(), version: null, kind: 'single', title: '', options: [{ id: newId(), text: '' }, { id: newId(), text: '' }], maxChoices: 2, showResults: 'live' }
}

/** `poll` to be changed; it needs options to offer when it becomes a choice. */
export function draftOf(poll: PollView, newId: () => string): PollDraft {
  const { id, kind, title, options, maxChoices, showResults, version } = poll
  return { id, kind, title, maxChoices: Math.max(2, maxChoices), showResults, version, options: options.length > 0 ? options : emptyDraft(newId).options }
}

const written = (draft: PollDraft) => (hasOptions(draft.kind) ? draft.options.map(({ id, text }) => ({ id, text: cleanLine(text) })).filter(({ text }) => text !== '') : [])

/** What keeps a draft from being saved: names of texts below `pollDesk.problem`. */
export function draftProblem(draft: PollDraft): 'title' | 'titleLong' | 'options' | 'optionLong' | 'twice' | null {
  const title = countCharacters(cleanLine(draft.title))
  if (title === 0) return 'title'
  if (title > LIMITS.pollTitleLength) return 'titleLong'
  if (!hasOptions(draft.kind)) return null
  const options = written(draft)
  if (options.length < 2) return 'options'
  if (options.some(({ text }) => countCharacters(text) > LIMITS.pollOptionLength)) return 'optionLong'
  return new Set(options.map(({ text }) => text)).size < options.length ? 'twice' : null
}

/** The request that saves it: lines left empty are no options. */
export function saveRequest(sessionId: string, draft: PollDraft): SavePoll {
  const { id, kind, title, showResults, version } = draft
  const options = written(draft)
  return { sessionId, id, expectedVersion: version, kind, title, options, maxChoices: kind === 'multiple' ? Math.min(Math.max(1, draft.maxChoices), options.length) : 1, showResults }
}
