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

/** Moves all counts into the last `votes` event: what a question shows after the whole batch is the same, since each count replaces the one before. */
function mergeVotes(events: SessionEvent[]): SessionEvent[] {
  const last = events.findLastIndex((event) => event.type === 'votes')
  if (last < 0) return events
  const counts: Record<string, number> = {}
  for (const event of events) if (event.type === 'votes') Object.assign(counts, event.counts)
  return events.flatMap((event, index): SessionEvent[] => (event.type !== 'votes' ? [event] : index === last ? [{ type: 'votes', counts }] : []))
}
