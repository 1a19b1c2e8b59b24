import type { Agenda, AgendaAct, AgendaItem, SaveAgenda } from '../../shared/agenda.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { InputIssue } from '../../shared/protocol/errors.ts'
import type { Access } from '../accounts/access.ts'
import { auditActor } from '../audit/actor.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { createSessionNotes } from '../sessions/noting.ts'
import { sessionView } from '../sessions/rules.ts'
import { extended, floorAt, goTo, losesRun, sameItems, withItems } from './rules.ts'

export type AgendaService = ReturnType<typeof createAgendaService>

/** The run of show of a symposium: its list, and who moves it on. */
export function createAgendaService(deps: { access: Access; commit: CommitToSession; secret: string }) {
  const { access, commit, secret } = deps
  const noteSession = createSessionNotes(secret)

  /** @throws RefusedError `wrong_state` for an interview */
  function requireSymposium({ session }: SessionCommit): void {
    if (session.kind !== 'symposium') throw new RefusedError('wrong_state', { current: sessionView(session) })
  }

  function tell(tx: SessionCommit, agenda: Agenda): Agenda {
    tx.update({ agenda })
    tx.emit('public', { type: 'agenda', agenda })
    return agenda
  }

  /** What the list names that is not there: guests of the session, and its questions. Who stands in it already is let stand: a guest who cannot come must not hold up every other change. */
  async function unknown(tx: SessionCommit, items: readonly AgendaItem[]): Promise<InputIssue[]> {
    const guests = new Set([...tx.session.guests.map(({ id }) => id), ...tx.session.agenda.items.flatMap(({ speakers }) => speakers.flatMap(({ guestId }) => guestId ?? []))])
    const named = [...new Set(items.flatMap(({ questionIds }) => questionIds))]
    const questions = named.length > 0 ? await tx.questions.byIds(named) : []
    const known = new Set(questions.filter(({ sessionId }) => sessionId === tx.session.id).map(({ id }) => id))
    return items.flatMap(({ speakers, questionIds }, place) => [
      ...speakers.flatMap(({ guestId }, index) => (guestId === null || guests.has(guestId) ? [] : [{ path: `items.${place}.speakers.${index}.guestId`, code: 'unknown' }])),
      ...questionIds.flatMap((id, index) => (known.has(id) ? [] : [{ path: `items.${place}.questionIds.${index}`, code: 'unknown' }])),
    ])
  }

  /** Ends what is on and begins `item`. While everything is cut off, no floor opens with it. */
  function go(tx: SessionCommit, item: AgendaItem | null): Agenda {
    const floor = floorAt(tx.session.floor, item)
    if (floor && !(floor.open && tx.session.intake.cut)) {
      tx.update({ floor })
      tx.emit('public', { type: 'floor', floor })
    }
    return tell(tx, goTo(tx.session.agenda, item, tx.now))
  }

  return {
    /**
     * Replaces the whole list. A repetition of what is kept already is answered with it.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state` for an interview, after the end, or when it leaves out a part that was on; `stale` with the agenda as it stands in `current`;
     *   `invalid_input` (`unknown`) when it names a guest or question that the session does not have
     */
    async save(personId: string, { sessionId, expectedVersion, items }: SaveAgenda, address = ''): Promise<Agenda> {
      const actor = await access.require(personId, sessionId, 'agenda.edit')
      const who = await auditActor(access, personId, address)
      return commit(sessionId, async (tx) => {
        requireSymposium(tx)
        const { agenda, endedAt, title, phase } = tx.session
        if (sameItems(agenda.items, items)) return agenda
        if (agenda.version !== expectedVersion) throw new RefusedError('stale', { current: agenda })
        if (endedAt !== null || losesRun(agenda, items)) throw new RefusedError('wrong_state', { current: agenda })
        const issues = await unknown(tx, items)
        if (issues.length > 0) throw new RefusedError('invalid_input', { issues })
        noteSession(tx, actor, 'agenda.edit', 'agenda_save', phase)
        await tx.audit.append({ ...who, action: 'session_edit', subject: title, sessionId, detail: { changed: 'agenda' } }, tx.now)
        return tell(tx, withItems(agenda, items))
      })
    },

    /**
     * Moves on, to any part or to the end of the list, or gives the part that is on another time.
     * @throws RefusedError `forbidden`, `not_found` when there is no such part, `stale` and `wrong_state` (not on air, already there, nothing on) with the agenda as it stands in `current`
     */
    async act(personId: string, act: AgendaAct): Promise<Agenda> {
      const actor = await access.require(personId, act.sessionId, 'agenda.move')
      return commit(act.sessionId, async (tx) => {
        requireSymposium(tx)
        const { agenda, phase } = tx.session
        if (agenda.version !== act.expectedVersion) throw new RefusedError('stale', { current: agenda })
        // Not backstage: the clock would run before anybody could see the first part.
        if (phase !== 'live' && phase !== 'paused') throw new RefusedError('wrong_state', { current: agenda })
        if (act.action === 'extend') {
          const next = extended(agenda, act.minutes)
          const item = agenda.items.find(({ id }) => id === agenda.current)
          if (!next || !item) throw new RefusedError('wrong_state', { current: agenda })
          noteSession(tx, actor, 'agenda.move', 'agenda_extend', phase, '', { part: item.title, minutes: act.minutes })
          return tell(tx, next)
        }
        if (act.itemId === agenda.current) throw new RefusedError('wrong_state', { current: agenda })
        const item = agenda.items.find(({ id }) => id === act.itemId) ?? null
        if (act.itemId !== null && !item) throw new RefusedError('not_found')
        noteSession(tx, actor, 'agenda.move', 'agenda_go', phase, '', item ? { part: item.title } : null)
        return go(tx, item)
      })
    },
  }
}

/** With the session's end, what is on ends too. */
export function closeAgenda(tx: SessionCommit): void {
  if (tx.session.agenda.current === null) return
  const agenda = goTo(tx.session.agenda, null, tx.now)
  tx.update({ agenda })
  tx.emit('public', { type: 'agenda', agenda })
}
