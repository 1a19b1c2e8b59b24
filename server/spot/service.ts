import { randomBytes } from 'node:crypto'
import { LIMITS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { countyDate } from '../../shared/rules/county.ts'
import { maskNumbers } from '../../shared/rules/masking.ts'
import type { SaveSpot, SpotRecord, WithdrawSpot } from '../../shared/spot.ts'
import type { Access } from '../accounts/access.ts'
import { tellSpotOutside } from '../notifications/telling.ts'
import type { StoredQuestion } from '../questions/rules.ts'
import type { CommitToSession, SessionCommit } from '../sessions/commit.ts'
import { signing } from '../sessions/noting.ts'
import type { Signing } from '../sessions/noting.ts'
import { sessionView } from '../sessions/rules.ts'
import { sameSpot, spotContent, spotDetail, spotDigest, spotState, takesRecords } from './rules.ts'
import type { SpotContent } from './rules.ts'
import { spotRecord } from './store.ts'
import type { StoredSpot } from './store.ts'

const invalid = (path: string, code: string) => new RefusedError('invalid_input', { issues: [{ path, code }] })

export type SpotService = ReturnType<typeof createSpotService>

/** What is recorded of answers, promises and tasks while they are being given. */
export function createSpotService(deps: {
  access: Access
  commit: CommitToSession
  /** The name of a department and whether it still exists; null: there never was one. */
  departmentOf: (id: string) => Promise<{ name: string; archived: boolean } | null>
  secret: string
}) {
  const { access, commit, departmentOf, secret } = deps

  /** The question that a record is about. @throws RefusedError `not_found` when it is not of this session */
  async function questionOf(tx: SessionCommit, questionId: string | null): Promise<StoredQuestion | null> {
    if (questionId === null) return null
    const question = await tx.questions.byId(questionId)
    if (question?.sessionId !== tx.session.id) throw new RefusedError('not_found')
    return question
  }

  /** What is to be kept of the request. What the record says already is let stand, though the guest is not invited any more or the day is past. */
  async function content(tx: SessionCommit, input: SaveSpot, department: { name: string; archived: boolean } | null, before: StoredSpot | null): Promise<SpotContent> {
    if (input.handId !== null && (await tx.hands.byId(input.handId))?.sessionId !== tx.session.id) throw new RefusedError('not_found')
    const guest = tx.session.guests.find(({ id }) => id === input.guestId) ?? null
    if (input.guestId !== null && !guest && before?.guestId !== input.guestId) throw invalid('guestId', 'not_invited')
    if (input.departmentId !== null && before?.departmentId !== input.departmentId && (!department || department.archived)) throw invalid('departmentId', 'no_department')
    if (input.dueOn !== null && input.dueOn !== before?.dueOn && input.dueOn < countyDate(tx.now)) throw invalid('dueOn', 'in_the_past')
    return spotContent(input, guest, input.departmentId !== null && input.departmentId === before?.departmentId ? before.department : (department?.name ?? null))
  }

  /** @throws RefusedError `not_found`, `stale` with the record as it stands, `wrong_state` when it was taken back */
  async function standing(tx: SessionCommit, id: string, expectedVersion: number): Promise<StoredSpot> {
    const spot = await tx.spots.byId(id)
    if (!spot || spot.sessionId !== tx.session.id) throw new RefusedError('not_found')
    if (spot.version !== expectedVersion) throw new RefusedError('stale', { current: spotRecord(spot) })
    if (spot.withdrawn) throw new RefusedError('wrong_state', { current: spotRecord(spot) })
    return spot
  }

  /** Tells everybody, and writes into the ledger what was done. */
  function publish(tx: SessionCommit, spot: StoredSpot, question: StoredQuestion | null, action: 'record' | 'correct' | 'withdraw', by: Signing): SpotRecord {
    tx.note({
      subject: 'spot',
      number: spot.number,
      action,
      from: action === 'record' ? null : 'recorded',
      to: spotState(spot),
      ...by,
      reason: spot.withdrawn?.reason ?? null,
      textDigest: spotDigest(spot),
      detail: spotDetail(spot, question?.number ?? null),
    })
    const record = spotRecord(spot)
    tx.emit('public', { type: 'spot', record })
    tellSpotOutside(tx, record, question, action === 'record')
    return record
  }

  function requireOpen(tx: SessionCommit): void {
    if (!takesRecords(tx.session.phase)) throw new RefusedError('wrong_state', { current: sessionView(tx.session) })
  }

  return {
    /**
     * Records, or corrects. A retry with the same id and content answers with what the first made.
     * @throws RefusedError `forbidden`, `not_found`, `invalid_input`, `wrong_state` outside the session's time with the session, `stale` and `wrong_state` with the record as it stands
     */
    async save(personId: string, input: SaveSpot): Promise<SpotRecord> {
      const actor = await access.require(personId, input.sessionId, 'spot.record')
      const [name, department] = await Promise.all([access.signature(actor, input.sessionId), input.departmentId === null ? null : departmentOf(input.departmentId)])
      const by = signing(secret, input.sessionId, actor, 'spot.record')
      return commit(input.sessionId, async (tx) => {
        requireOpen(tx)
        const { session } = tx
        if (input.expectedVersion === null) {
          const existing = await tx.spots.byId(input.id)
          if (existing && existing.sessionId !== session.id) throw new RefusedError('forbidden')
          const question = await questionOf(tx, input.questionId)
          const kept = await content(tx, input, department, existing)
          if (existing && !sameSpot(existing, kept)) throw new RefusedError('stale', { current: spotRecord(existing) })
          if (existing) return spotRecord(existing)
          if (session.spotCount >= LIMITS.spotsPerSession) throw invalid('id', 'too_many')
          const spot: StoredSpot = { id: input.id, sessionId: session.id, number: session.spotCount + 1, ...kept, at: tx.now, by: name, withdrawn: null, salt: randomBytes(16).toString('base64url'), version: 1 }
          await tx.spots.insert(spot)
          tx.update({ spotCount: spot.number })
          return publish(tx, spot, question, 'record', by)
        }
        const before = await standing(tx, input.id, input.expectedVersion)
        const question = await questionOf(tx, input.questionId)
        const kept = await content(tx, input, department, before)
        if (sameSpot(before, kept)) return spotRecord(before)
        const next: StoredSpot = { ...before, ...kept, version: before.version + 1 }
        await tx.spots.update(next)
        // The wording so far may have been wrong about somebody: who catches up is not told it any more.
        tx.forget(`spot:${next.id}`)
        return publish(tx, next, question, 'correct', by)
      })
    },

    /**
     * Takes a record back; it stays in public, struck out.
     * @throws RefusedError `forbidden`, `not_found`, `wrong_state`, `stale` with the record as it stands
     */
    async withdraw(personId: string, { sessionId, id, expectedVersion, reason }: WithdrawSpot): Promise<SpotRecord> {
      const actor = await access.require(personId, sessionId, 'spot.record')
      const by = signing(secret, sessionId, actor, 'spot.record')
      return commit(sessionId, async (tx) => {
        requireOpen(tx)
        const before = await standing(tx, id, expectedVersion)
        const next: StoredSpot = { ...before, withdrawn: { reason: maskNumbers(reason), at: tx.now }, version: before.version + 1 }
        await tx.spots.update(next)
        return publish(tx, next, await questionOf(tx, next.questionId), 'withdraw', by)
      })
    },
  }
}
