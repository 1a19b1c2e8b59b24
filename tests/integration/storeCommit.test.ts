import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyLedger } from '../../server/ledger/rules.ts'
import type { LedgerEntry } from '../../shared/ledger.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import { onBothEngines } from '../support/engines.ts'
import { sessionInput } from '../support/fixtures.ts'
import { AT, note, openStores } from '../support/stores.ts'

const holds = (sessionId: string, entries: LedgerEntry[]) => verifyLedger({ format: 'fangtan-ledger', version: 2, sessionId, head: entries.at(-1)!.hash, seal: null, entries })

onBothEngines((engine) => {
  describe('a commit', () => {
    test('writes state, ledger and log together, and tells the new head once they are durable', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const question = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))

      const { session, questions, ledger, events } = await stores.whole(sessionId)
      expect(session).toMatchObject({ seq: 2, questionCount: 1, ledgerIndex: 2, ledgerHead: ledger[1]?.hash })
      expect(questions).toEqual([question])
      expect(ledger.map(({ index, action, at }) => ({ index, action, at }))).toEqual([
        { index: 1, action: 'create', at: AT },
        { index: 2, action: 'submit', at: AT },
      ])
      expect(events.map(({ seq, audience }) => ({ seq, audience }))).toEqual([
        { seq: 1, audience: 'public' },
        { seq: 2, audience: 'public' },
      ])
      expect(stores.told).toEqual([
        { sessionId, seq: 1 },
        { sessionId, seq: 2 },
      ])
    })

    test('that throws takes everything back, whatever it had written, and the next one works', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const before = await stores.whole(sessionId)
      await expect(
        stores.commit(sessionId, async (tx) => {
          await stores.addQuestion(tx)
          await tx.chat.insert({ id: randomUUID(), sessionId, seq: 2, personId: 'p', author: 'a', text: 't', name: null, at: AT, deletedAt: null, departmentId: null, spokesperson: 0, held: null })
          await tx.accounts.insertGrant({ id: randomUUID(), sessionId, role: 'host', guestId: null, name: '', accountId: null }, AT)
          throw new RefusedError('closed')
        }),
      ).rejects.toMatchObject({ refusal: { code: 'closed' } })
      expect(await stores.whole(sessionId)).toEqual(before)
      expect(await stores.accounts.grantsOfSession(sessionId)).toEqual([])
      expect(stores.told).toHaveLength(1)

      await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      expect(stores.told.at(-1)).toEqual({ sessionId, seq: 2 })
    })

    test('that the database refuses takes everything back, and the next one works', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const first = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      const before = await stores.whole(sessionId)
      for (const clash of [{ id: first.id }, { number: first.number }, { receipt: first.receipt }]) {
        await expect(stores.commit(sessionId, (tx) => stores.addQuestion(tx, clash))).rejects.toThrow()
        expect(await stores.whole(sessionId)).toEqual(before)
      }
      await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      expect((await stores.whole(sessionId)).questions).toHaveLength(2)
    })

    test('that changes nothing takes no number and tells nobody', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const before = await stores.whole(sessionId)
      expect(await stores.commit(sessionId, async () => 'seen')).toBe('seen')
      expect(await stores.whole(sessionId)).toEqual(before)
      expect(stores.told).toHaveLength(1)
    })

    test('that changes something without telling anybody is a mistake and is not kept', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const before = await stores.whole(sessionId)
      await expect(stores.commit(sessionId, async (tx) => tx.update({ title: 'x' }))).rejects.toThrow('must be told')
      await expect(stores.commit(sessionId, async (tx) => tx.note(note()))).rejects.toThrow('must be told')
      expect(await stores.whole(sessionId)).toEqual(before)
    })

    test('to a session that is not there is refused', async () => {
      const stores = openStores(await engine.open())
      await expect(stores.commit('nosuchone', async () => null)).rejects.toMatchObject({ refusal: { code: 'not_found' } })
    })

    test('sees its own changes, and several ledger entries of one commit are chained', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      await stores.commit(sessionId, async (tx) => {
        tx.update({ title: 'new title' })
        expect(tx.session.title).toBe('new title')
        for (const action of ['one', 'two', 'three']) tx.note(note({ action }))
        tx.emit('desk', { type: 'votes', counts: {} })
      })
      const { session, ledger } = await stores.whole(sessionId)
      expect(session?.title).toBe('new title')
      expect(ledger.map(({ action }) => action)).toEqual(['create', 'one', 'two', 'three'])
      expect(holds(sessionId, ledger)).toMatchObject({ ok: true, entries: 4 })
    })

    test('keeps thousands of events in order', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      await stores.commit(sessionId, async (tx) => {
        for (let n = 0; n < 2_500; n++) tx.emit('public', { type: 'votes', counts: { n } })
      })
      const events = await stores.events.after(sessionId, 1, 2, null)
      expect(events.map(({ event }) => event)).toEqual(Array.from({ length: 2_500 }, (_, n) => ({ type: 'votes', counts: { n } })))
    })
  })

  describe('many at once', () => {
    test('200 commits to one session are numbered 1 to 200 without a gap, each on top of the one before', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      await Promise.all(Array.from({ length: 200 }, () => stores.commit(sessionId, (tx) => stores.addQuestion(tx))))

      const { session, questions, ledger, events } = await stores.whole(sessionId)
      const counted = (length: number, from = 1) => Array.from({ length }, (_, index) => index + from)
      expect(session).toMatchObject({ seq: 201, questionCount: 200 })
      expect(questions.map(({ number }) => number)).toEqual(counted(200))
      expect(events.map(({ seq }) => seq)).toEqual(counted(201))
      expect(ledger.map(({ index }) => index)).toEqual(counted(201))
      expect(holds(sessionId, ledger)).toMatchObject({ ok: true })
      expect(stores.told.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(counted(201))
    })

    test('commits that fail between others leave no gap', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const outcomes = await Promise.allSettled(
        Array.from({ length: 60 }, (_, index) =>
          stores.commit(sessionId, async (tx) => {
            await stores.addQuestion(tx)
            if (index % 3 === 0) throw new Error('changed my mind')
          }),
        ),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40)
      const { session, questions, ledger } = await stores.whole(sessionId)
      expect(session?.seq).toBe(41)
      expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
      expect(holds(sessionId, ledger)).toMatchObject({ ok: true })
    })

    test('sessions do not mix', async () => {
      const stores = openStores(await engine.open())
      const ids = await Promise.all(Array.from({ length: 8 }, () => stores.newSession()))
      await Promise.all(ids.flatMap((id) => Array.from({ length: 10 }, () => stores.commit(id, (tx) => stores.addQuestion(tx)))))
      for (const id of ids) {
        const { session, ledger } = await stores.whole(id)
        expect(session).toMatchObject({ seq: 11, questionCount: 10 })
        expect(holds(id, ledger)).toMatchObject({ ok: true, entries: 11 })
      }
    })

    test('one id is created once, however many try', async () => {
      const stores = openStores(await engine.open())
      const input = sessionInput()
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          stores.create(input, `person ${index}`, async (tx) => {
            tx.emit('public', { type: 'votes', counts: {} })
            return index
          }),
        ),
      )
      const winners = made.filter((index) => index !== null)
      expect(winners).toHaveLength(1)
      expect(await stores.sessions.byId(input.id)).toMatchObject({ createdBy: `person ${winners[0]}`, seq: 1 })
    })

    test('a creation that fails leaves no session', async () => {
      const stores = openStores(await engine.open())
      const input = sessionInput()
      await expect(stores.create(input, 'somebody', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
      expect(await stores.sessions.byId(input.id)).toBeNull()
    })
  })
})
