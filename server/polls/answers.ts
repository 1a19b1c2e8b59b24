import { RefusedError } from '../../shared/protocol/errors.ts'
import type { AnswerPoll } from '../../shared/polls.ts'
import { checkChoices, takesPolls } from '../../shared/rules/polling.ts'
import { isResident } from '../../shared/rules/identity.ts'
import type { Access } from '../accounts/access.ts'
import { personAudience } from '../questions/rules.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { unknownAmong } from '../residents/known.ts'
import { createGathering } from '../sessions/gather.ts'
import { tallyChanges } from './rules.ts'
import type { StoredPoll } from './rules.ts'
import type { GivenWord, ScreenWords } from './screening.ts'
import { tellPoll } from './telling.ts'

/** Answers one commit takes at most; the rest waits for the next. */
const ANSWERS_PER_COMMIT = 2_000
/** Words of one poll that are hidden or wait at most. The desk is told all of them with each change: what would have to wait beyond that is refused. */
const WORDS_HIDDEN = 300
/** Milliseconds after which somebody whose words found no room may try again. */
const RETRY_AFTER = 60_000

/** `resident`: known by no role. */
type Waiting = AnswerPoll & { personId: string; resident: boolean }
type Outcome = null | RefusedError

export type PollAnswerService = ReturnType<typeof createPollAnswerService>

/** Answers of one session are gathered into few commits, and each is acknowledged after the commit that holds it. */
export function createPollAnswerService(deps: { access: Access; commit: CommitToSession; screen: ScreenWords; limit: RateLimiter; now: () => number }) {
  const { access, commit, screen, limit, now } = deps

  /**
   * What is hidden after these words came in, and who gave one that must wait and finds no room. A word that was given before is judged already: what a moderator has let
   * through once stays.
   */
  async function review(tx: SessionCommit, poll: StoredPoll, answers: ReadonlyMap<string, string[]>): Promise<{ hidden: string[]; turnedAway: ReadonlySet<string> }> {
    const given = [...answers].flatMap(([personId, choices]) => choices.map((word): GivenWord => ({ word, personId })))
    const known = await tx.polls.known(poll.id, [...new Set(given.map(({ word }) => word))])
    const unknown = given.filter(({ word }) => !known.has(word) && !poll.hidden.includes(word))
    const waits = unknown.length === 0 ? [] : [...(await screen(tx, unknown))]
    const room = Math.max(0, WORDS_HIDDEN - poll.hidden.length)
    const over = new Set(waits.slice(room))
    const turnedAway = new Set([...answers].filter(([, words]) => words.some((word) => over.has(word))).map(([personId]) => personId))
    return { hidden: [...poll.hidden, ...waits.slice(0, room)], turnedAway }
  }

  /** The last word of each person, of those that fit. @returns whose answer was refused */
  async function take(tx: SessionCommit, poll: StoredPoll, given: ReadonlyMap<string, string[]>): Promise<ReadonlySet<string>> {
    const { hidden, turnedAway } = poll.kind === 'words' ? await review(tx, poll, given) : { hidden: poll.hidden, turnedAway: new Set<string>() }
    const answers = new Map([...given].filter(([personId]) => !turnedAway.has(personId)))
    if (answers.size === 0) return turnedAway
    const before = await tx.polls.answersOf(poll.id, [...answers.keys()])
    const changes = new Map<string, number>()
    let people = poll.answers
    for (const [personId, choices] of answers) {
      const old = before.get(personId) ?? []
      for (const [choice, by] of tallyChanges(old, choices)) changes.set(choice, (changes.get(choice) ?? 0) + by)
      people += Math.sign(choices.length) - Math.sign(old.length)
      tx.emit(personAudience(personId), { type: 'own_poll', pollId: poll.id, choices })
    }
    const next: StoredPoll = { ...poll, answers: people, hidden }
    await tx.polls.putAnswers(poll.id, [...answers].map(([personId, choices]) => ({ personId, choices })), tx.now)
    await tx.polls.moveTallies(poll.id, changes)
    await tx.polls.update(next)
    await tellPoll(tx, next)
    return turnedAway
  }

  const refusal = (tx: SessionCommit, poll: StoredPoll | null): Outcome => {
    if (!poll || poll.sessionId !== tx.session.id || poll.state === 'draft') return new RefusedError('not_found')
    if (poll.state !== 'open') return new RefusedError('wrong_state')
    return takesPolls(tx.session, Date.parse(tx.now)) && !tx.session.intake.cut ? null : new RefusedError('closed')
  }

  async function write(sessionId: string, batch: readonly Waiting[]): Promise<(item: Waiting) => Outcome> {
    const outcomes = await commit(sessionId, async (tx) => {
      const results = new Map<Waiting, Outcome>()
      // What somebody answered before more was asked of them, they may take back.
      const unknown = await unknownAmong(tx, batch.filter(({ choices, resident }) => choices.length > 0 && resident).map(({ personId }) => personId))
      for (const item of batch) if (item.choices.length > 0) results.set(item, unknown.get(item.personId) ?? null)
      const taken = batch.filter((item) => !results.get(item))
      for (const [pollId, given] of Map.groupBy(taken, (item) => item.pollId)) {
        const poll = await tx.polls.byId(pollId)
        const refused = refusal(tx, poll)
        const answers = new Map<string, string[]>()
        for (const item of given) {
          const checked = poll && !refused ? checkChoices(poll, item.choices) : null
          if (checked?.choices) answers.set(item.personId, checked.choices)
          results.set(item, checked?.problem ? new RefusedError('invalid_input', { issues: [{ path: 'choices', code: checked.problem }] }) : refused)
        }
        const turnedAway = poll && answers.size > 0 ? await take(tx, poll, answers) : new Set<string>()
        for (const item of given) if (turnedAway.has(item.personId)) results.set(item, new RefusedError('rate_limited', { retryAfterMs: RETRY_AFTER }))
      }
      return results
    })
    return (item) => outcomes.get(item) ?? null
  }

  const gather = createGathering<Waiting, null>({ write, most: ANSWERS_PER_COMMIT, now })

  return {
    /**
     * Puts this answer in place of the person's last one; an empty one takes it back. Resolves when it is durable.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`, `wrong_state`, `closed`, `identity_required`, `invalid_input` when the choices do not fit the poll
     */
    async answer(personId: string, input: AnswerPoll): Promise<null> {
      const actor = await access.require(personId, input.sessionId, 'poll.answer')
      await limit.take(personId)
      return gather(input.sessionId, { ...input, personId, resident: isResident(actor) })
    },

    /** Takes back what somebody answered in the session's polls that are open, within `tx`. */
    async takeBack(tx: SessionCommit, personId: string): Promise<void> {
      for (const pollId of Object.keys(await tx.polls.ofPerson(tx.session.id, personId))) {
        const poll = await tx.polls.byId(pollId)
        if (poll && !refusal(tx, poll)) await take(tx, poll, new Map([[personId, []]]))
      }
    },
  }
}
