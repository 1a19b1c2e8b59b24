import type { SessionEvent } from '../../shared/protocol/events.ts'
import type { LoggedEvent } from './store.ts'

/** The events of a stretch of log, sorted out by who may see them. */
export type Batch = { public: SessionEvent[]; desk: SessionEvent[]; people: Map<string, SessionEvent[]> }

const PERSON = 'person:'

/** `desk` holds what the public sees too, in the order in which it happened. Of several vote counts only the sum of the last ones is kept. */
export function sortOut(events: readonly LoggedEvent[]): Batch {
  const batch: Batch = { public: [], desk: [], people: new Map() }
  for (const { audience, event } of events) {
    if (audience === 'public') {
      batch.public.push(event)
      batch.desk.push(event)
    } else if (audience === 'desk') batch.desk.push(event)
    else if (audience.startsWith(PERSON)) {
      const personId = audience.slice(PERSON.length)
      const own = batch.people.get(personId)
      if (own) own.push(event)
      else batch.people.set(personId, [event])
    }
  }
  return { ...batch, public: mergeVotes(batch.public), desk: mergeVotes(batch.desk) }
}

/**
 * Moves all counts into the last `votes` event: what a question shows after the whole batch is the same, since each count replaces the one before. A question that is
 * told whole brings its count along, and a later one counts, as merging and setting aside move many votes at once; what is hidden is counted for its own people only.
 */
function mergeVotes(events: SessionEvent[]): SessionEvent[] {
  const last = events.findLastIndex((event) => event.type === 'votes')
  if (last < 0) return events
  const counts = new Map<string, number>()
  for (const event of events) {
    if (event.type === 'votes') for (const [id, votes] of Object.entries(event.counts)) counts.set(id, votes)
    else if (event.type === 'question_hidden') counts.delete(event.id)
    else if ((event.type === 'question' || event.type === 'desk_question') && counts.has(event.question.id)) counts.set(event.question.id, event.question.votes)
  }
  return events.flatMap((event, index): SessionEvent[] => (event.type !== 'votes' ? [event] : index === last ? [{ type: 'votes', counts: Object.fromEntries(counts) }] : []))
}
