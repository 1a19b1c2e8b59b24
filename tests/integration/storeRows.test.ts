import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAccountStore } from '../../server/accounts/store.ts'
import { createPictureStore } from '../../server/pictures/store.ts'
import { createQuestionStore } from '../../server/questions/store.ts'
import { createVoteStore } from '../../server/votes/store.ts'
import type { VoteStore } from '../../server/votes/store.ts'
import type { Grant } from '../../shared/accounts.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import { onBothEngines } from '../support/engines.ts'
import { guest, sessionInput } from '../support/fixtures.ts'
import { AT, openStores } from '../support/stores.ts'

const later = (seconds: number) => new Date(Date.parse(AT) + seconds * 1_000).toISOString()

const moved = async (votes: VoteStore, questionId: string, by: number) => (await votes.move(new Map([[questionId, { votes: by, setAsideVotes: 0 }]]))).get(questionId)!.votes
async function castBy(votes: VoteStore, questionId: string, people: string[]): Promise<number> {
  const added = await votes.cast(people.map((personId) => ({ questionId, personId, address: '', device: '' })), AT)
  return moved(votes, questionId, added.length)
}
async function takeBackBy(votes: VoteStore, questionId: string, people: string[]): Promise<number> {
  const gone = await votes.takeBack(questionId, people)
  return moved(votes, questionId, -gone.votes)
}

onBothEngines((engine) => {
  describe('questions', () => {
    test('come back as they went in, whatever their text', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const text = `'引号"; drop table questions; -- 👨‍👩‍👧 \n\\ %_ 𠮷`
      const question = await stores.commit(sessionId, (tx) => stores.addQuestion(tx, { text, originalText: text, name: "O'Brien", reason: '', askedAt: AT }))
      expect(await stores.questions.byId(question.id)).toEqual(question)
      expect(await stores.questions.byReceipt(question.receipt, 'its code')).toEqual(question)
      expect(await stores.questions.byId(randomUUID())).toBeNull()
      expect(await stores.questions.byReceipt('0000-0000-0000', '0000-0000-0000')).toBeNull()
    })

    test('are listed in order of arrival, without the withdrawn; the asker keeps theirs', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const other = await stores.newSession()
      const personId = randomUUID()
      const [first, withdrawn, third] = await stores.commit(sessionId, async (tx) => [
        await stores.addQuestion(tx, { personId }),
        await stores.addQuestion(tx, { personId, state: 'withdrawn' }),
        await stores.addQuestion(tx, { state: 'asking' }),
      ])
      await stores.commit(other, (tx) => stores.addQuestion(tx, { personId }))
      expect(await stores.questions.inSession(sessionId)).toEqual([first, third])
      expect(await stores.questions.ofPerson(sessionId, personId)).toEqual([first, withdrawn])
      expect(await stores.questions.asking(sessionId)).toEqual(third)
      expect(await stores.questions.asking(other)).toBeNull()
    })

    test('an update writes the step and leaves votes, asker and number alone', async () => {
      const database = await engine.open()
      const stores = openStores(database)
      const sessionId = await stores.newSession()
      const question = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      await database.transact((tx) => moved(createVoteStore(tx), question.id, 2))
      const changed = { ...question, text: 'new', state: 'answered' as const, reason: 'r', askedAt: AT, answeredAt: AT, version: 7 }
      await database.transact((tx) => createQuestionStore(tx).update({ ...changed, votes: 99, personId: 'thief', number: 5 }))
      expect(await stores.questions.byId(question.id)).toEqual({ ...changed, votes: 2 })
    })

    test('answered ones are counted per session', async () => {
      const stores = openStores(await engine.open())
      const [one, two] = [await stores.newSession(), await stores.newSession()]
      await stores.commit(one, async (tx) => {
        for (const state of ['answered', 'answered', 'approved'] as const) await stores.addQuestion(tx, { state })
      })
      expect(Object.fromEntries(await stores.sessions.answeredCounts())).toEqual({ [one]: 2 })
      expect((await stores.sessions.all()).map(({ id }) => id).sort()).toEqual([one, two].sort())
      expect(await stores.sessions.heads([one, two, 'nosuchone'])).toEqual(
        new Map([
          [one, 2],
          [two, 1],
        ]),
      )
      expect(await stores.sessions.heads([])).toEqual(new Map())
    })
  })

  describe('votes', () => {
    test('count each person once, are taken back once, and never fall below nobody', async () => {
      const database = await engine.open()
      const stores = openStores(database)
      const sessionId = await stores.newSession()
      const { id } = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      const add = (...people: string[]) => database.transact((tx) => castBy(createVoteStore(tx), id, people))
      const remove = (...people: string[]) => database.transact((tx) => takeBackBy(createVoteStore(tx), id, people))
      expect(await add('a', 'b')).toBe(2)
      expect(await add('b', 'c')).toBe(3)
      expect(await remove('a', 'nobody')).toBe(2)
      expect(await remove('a')).toBe(2)
      expect(await remove('b', 'c')).toBe(0)
      expect(await remove('b')).toBe(0)
      expect(await add('a')).toBe(1)
      expect(await stores.questions.votesOf(sessionId, 'a')).toEqual([id])
      expect(await stores.questions.votesOf(await stores.newSession(), 'a')).toEqual([])
    })

    test('of batches that run at once are exact, and equal the rows', async () => {
      const database = await engine.open()
      const stores = openStores(database)
      const sessionId = await stores.newSession()
      const { id } = await stores.commit(sessionId, (tx) => stores.addQuestion(tx))
      // 1,300 people are more than one statement takes; each batch repeats the half of the one before.
      const people = Array.from({ length: 1_300 }, (_, index) => `person ${index}`)
      const batches = [people, people.slice(650), people.slice(0, 650), [...people.slice(300, 900), 'late']]
      await Promise.all(batches.map((batch) => stores.commit(sessionId, async (tx) => void (await castBy(tx.votes, id, batch)))))
      await Promise.all([people.slice(0, 10), people.slice(5, 15)].map((batch) => stores.commit(sessionId, async (tx) => void (await takeBackBy(tx.votes, id, batch)))))
      const rows = await database.read.selectFrom('votes').select('personId').where('questionId', '=', id).execute()
      expect(rows).toHaveLength(1_286)
      expect((await stores.questions.byId(id))?.votes).toBe(1_286)
    })
  })

  describe('chat', () => {
    test('shows the latest, oldest first, without the deleted, whose words are gone', async () => {
      const stores = openStores(await engine.open())
      const sessionId = await stores.newSession()
      const ids = Array.from({ length: 5 }, () => randomUUID())
      for (const [index, id] of ids.entries()) {
        await stores.commit(sessionId, async (tx) => {
          const message = { id, text: `message ${index}`, name: null, author: 'a', at: later(index), speaker: null }
          const { speaker: _speaker, ...stored } = message
          await tx.chat.insert({ ...stored, departmentId: null, spokesperson: 0, sessionId, seq: tx.session.seq + 1, personId: 'p', deletedAt: null, held: null })
          tx.emit('public', { type: 'chat', message })
        })
      }
      const remove = (from: string, id: string) =>
        stores.commit(sessionId, async (tx) => {
          tx.emit('public', { type: 'chat_deleted', id })
          return tx.chat.delete(from, id, later(60))
        })
      expect(await remove('othersess1', ids[4]!)).toBe(false)
      expect(await remove(sessionId, ids[4]!)).toBe(true)
      expect(await remove(sessionId, ids[4]!)).toBe(false)
      expect((await stores.chat.latest(sessionId, 3)).map(({ text }) => text)).toEqual(['message 1', 'message 2', 'message 3'])
      expect(await stores.chat.byId(ids[4]!)).toMatchObject({ text: '', deletedAt: later(60) })
      // Slow mode counts what was deleted, too: a deletion is no licence to write again.
      expect(await stores.chat.lastAt(sessionId, 'p')).toBe(later(4))
      expect(await stores.chat.lastAt(sessionId, 'another')).toBeNull()
    })
  })

  describe('grants', () => {
    const grant = (over: Partial<Grant> = {}): Grant => ({ id: randomUUID(), sessionId: null, role: 'host', guestId: null, name: '', accountId: null, ...over })

    test('belong to a session or to the platform, and are held by whoever opened the link, once', async () => {
      const database = await engine.open()
      const stores = openStores(database)
      const sessionId = await stores.newSession()
      const platform = grant()
      const own = grant({ sessionId, role: 'guest', guestId: randomUUID(), name: '周建国' })
      await database.transact(async (tx) => {
        const accounts = createAccountStore(tx)
        await accounts.insertGrant(platform, AT)
        await accounts.insertGrant(own, AT)
        await accounts.hold('p', platform.id, later(1))
        await accounts.hold('p', own.id, later(2))
        await accounts.hold('p', own.id, later(3))
      })
      expect(await stores.accounts.grantsOfSession(null)).toEqual([platform])
      expect(await stores.accounts.grantsOfSession(sessionId)).toEqual([own])
      expect(await stores.accounts.grantsOfPerson('p', AT)).toEqual([platform, own])
      expect(await stores.accounts.grantsOfPerson('q', AT)).toEqual([])
      await database.transact((tx) => createAccountStore(tx).rename(own.id, '李志强'))
      expect(await stores.accounts.grantById(own.id)).toEqual({ ...own, name: '李志强' })
    })

    test('that were revoked are nowhere', async () => {
      const database = await engine.open()
      const stores = openStores(database)
      const revoked = grant()
      await database.transact(async (tx) => {
        await createAccountStore(tx).insertGrant(revoked, AT)
        await createAccountStore(tx).hold('p', revoked.id, AT)
        await createAccountStore(tx).revoke(revoked.id, later(1))
      })
      expect(await stores.accounts.grantById(revoked.id)).toBeNull()
      expect(await stores.accounts.grantsOfSession(null)).toEqual([])
      expect(await stores.accounts.grantsOfPerson('p', AT)).toEqual([])
    })
  })

  test('pictures keep every byte', async () => {
    const database = await engine.open()
    const picture = { id: randomUUID(), mime: 'image/webp', bytes: Uint8Array.from({ length: 70_000 }, (_, index) => index % 256), personId: 'p', createdAt: AT, sessionId: null }
    await database.transact((tx) => createPictureStore(tx).insert(picture))
    const found = await createPictureStore(database.read).byId(picture.id)
    expect(Buffer.from(found!.bytes).equals(Buffer.from(picture.bytes))).toBe(true)
    expect(await createPictureStore(database.read).byId(randomUUID())).toBeNull()
  })

  test('the log is read by stretch and audience, in order', async () => {
    const stores = openStores(await engine.open())
    const sessionId = await stores.newSession()
    for (const audience of ['public', 'desk', 'person:a', 'person:b']) {
      await stores.commit(sessionId, async (tx) => {
        tx.emit(audience, { type: 'votes', counts: { [audience]: 1 } })
        tx.emit('public', { type: 'votes', counts: { second: 2 } })
      })
    }
    const audiences = async (...args: [number, number, string[] | null]) => (await stores.events.after(sessionId, ...args)).map(({ seq, audience }) => `${seq} ${audience}`)
    expect(await audiences(1, 3, null)).toEqual(['2 public', '2 public', '3 desk', '3 public'])
    expect(await audiences(2, 5, ['desk', 'person:b'])).toEqual(['3 desk', '5 person:b'])
    expect(await audiences(5, 5, null)).toEqual([])
  })

  test('a session comes back as it went in', async () => {
    const stores = openStores(await engine.open())
    const input = sessionInput({ guests: [guest('甲'), guest("O'Neil")], introduction: '第一行\n第二行 "引用"', settings: { ...DEFAULT_SETTINGS, reviewFirst: false, askBefore: false, chatEnabled: false, chatSlowSeconds: 30, topics: [{ id: randomUUID(), name: '住房' }], rule: { top: 5, perTopic: 1, correctEarly: true } } })
    await stores.create(input, 'creator', async (tx) => tx.emit('public', { type: 'votes', counts: {} }))
    expect(await stores.sessions.byId(input.id)).toMatchObject({ ...input, phase: 'announced', version: 1, onAir: [], wentLiveAt: null, createdBy: 'creator', createdAt: AT })
  })
})
