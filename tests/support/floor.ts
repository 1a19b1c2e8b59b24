import { randomUUID } from 'node:crypto'
import { createAccountStore } from '../../server/accounts/store.ts'
import type { Role } from '../../shared/accounts.ts'
import type { Floor, HandAct, RaiseFor, RaiseHand, SetFloor, Table } from '../../shared/floor.ts'
import { DEFAULT_SETTINGS } from '../../shared/sessions.ts'
import type { CreateSession, Phase } from '../../shared/sessions.ts'
import { openCore } from './core.ts'
import { TOPICS } from './desk.ts'
import type { Engine } from './engines.ts'
import { WAY_TO, guest, sessionInput } from './fixtures.ts'

export const TABLES: Table[] = [
  { id: randomUUID(), name: '第一组' },
  { id: randomUUID(), name: '第二组' },
]
const HALL_CODE = '482915'

/** What of a step is left when the hand and its version are looked up. */
type StepOf<A> = A extends HandAct ? Omit<A, 'sessionId' | 'handId' | 'expectedVersion'> : never
export type Step = StepOf<HandAct>
export const INVITE: Step = { action: 'invite', reason: '' }
export const START: Step = { action: 'start', seconds: 120, reason: '' }

/** A symposium with an open floor over a new database, without a network, and a clock that goes on by a second with each commit. */
export async function openFloor(engine: Pick<Engine, 'open'>, { phase = 'live', open = true, over = {} }: { phase?: Phase; open?: boolean; over?: Partial<CreateSession> } = {}) {
  const database = await engine.open()
  let time = Date.parse('2026-11-22T01:30:00.000Z')
  const { core, person } = openCore(database, () => new Date((time += 1_000)))
  const host = await person('host')
  const guests = [guest('周建国')]
  const input = sessionInput({ kind: 'symposium', guests, settings: { ...DEFAULT_SETTINGS, topics: TOPICS }, ...over })
  const sessionId = input.id
  await core.sessions.create(host, input)
  const session = async () => {
    const found = await core.stores.sessions.byId(sessionId)
    if (!found) throw new Error('the session is gone')
    return found
  }
  const advance = async (action: (typeof WAY_TO)['live'][number]) => core.sessions.phase(host, { sessionId, action, expectedVersion: (await session()).version })

  /** Somebody new in this role here. */
  async function somebody(role: Role): Promise<string> {
    const personId = randomUUID()
    if (role === 'participant') return personId
    const id = randomUUID()
    await database.transact(async (tx) => {
      const accounts = createAccountStore(tx)
      await accounts.insertGrant({ id, sessionId, role, guestId: null, name: role, accountId: null }, new Date(time).toISOString())
      await accounts.hold(personId, id, new Date(time).toISOString())
    })
    return personId
  }
  const stored = async (id: string) => {
    const hands = (await view('desk')).moderation?.hands ?? []
    const row = await database.read.selectFrom('hands').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new Error(`there is no hand ${id}`)
    return { ...row, shown: hands.find((hand) => hand.id === id) ?? null }
  }
  async function set(over: Partial<SetFloor> = {}, personId = host): Promise<Floor> {
    const { floor } = await session()
    return core.floor.set(personId, { sessionId, expectedVersion: floor.version, open: floor.open, seconds: floor.seconds, tables: floor.tables, ...over })
  }
  async function view(as: 'participant' | 'desk' = 'participant', personId: string = as === 'desk' ? host : randomUUID()) {
    const { snapshot } = await core.sync.join(personId, { sessionId, as, since: null })
    if (!snapshot) throw new Error('a fresh page was given no snapshot')
    return snapshot
  }

  if (open) await set({ open: true, tables: TABLES })
  for (const action of WAY_TO[phase]) await advance(action)
  // The county's office gives the hall its code.
  await database.transact((tx) => tx.updateTable('sessions').set({ attendanceJson: JSON.stringify({ hallCode: HALL_CODE }) }).where('id', '=', sessionId).execute())

  return {
    database,
    core,
    sessionId,
    guests,
    host,
    somebody,
    session,
    advance,
    stored,
    set,
    view,
    now: () => new Date(time),
    wait: (ms: number) => void (time += ms),
    /** Raises a hand. @returns its id */
    async raise(over: Partial<RaiseHand> = {}, personId: string = randomUUID()): Promise<string> {
      const { id } = await core.floor.raise(personId, randomUUID(), { sessionId, id: randomUUID(), name: '王先生', questionId: null, topicId: null, tableId: null, about: '老小区停车', ...over })
      return id
    },
    raiseFor: (personId: string, over: Partial<RaiseFor> = {}) => core.floor.raiseFor(personId, { sessionId, id: randomUUID(), attendeeId: null, name: '李阿姨', seat: '3排5座', topicId: null, tableId: null, about: '', ...over }),
    /** One step at the hand's present version. @returns the hand afterwards */
    async act(id: string, step: Step, personId = host) {
      const { version: expectedVersion } = await stored(id)
      await core.floor.act(personId, { ...step, sessionId, handId: id, expectedVersion })
      return stored(id)
    },
    enterHall: (personId: string, code = HALL_CODE, address: string = randomUUID()) => core.floor.enterHall(personId, address, { sessionId, code }),
    /** Somebody on the list, with a representative's link that `personId` holds, or who applied by themselves. */
    async attendee({ personId = null, forum = null, applied = false, state = 'accepted', tableId = null, checkedIn = false }: { personId?: string | null; forum?: { id: string; name: string } | null; applied?: boolean; state?: 'accepted' | 'refused'; tableId?: string | null; checkedIn?: boolean } = {}): Promise<string> {
      const [id, grantId, at] = [randomUUID(), applied ? null : randomUUID(), new Date(time).toISOString()]
      await database.transact(async (tx) => {
        if (forum) await tx.insertInto('forums').values({ ...forum, code: forum.id.slice(0, 8), originsJson: '[]', contact: '', members: 0, archived: 0, version: 1 }).onConflict((conflict) => conflict.doNothing()).execute()
        const accounts = createAccountStore(tx)
        if (grantId) await accounts.insertGrant({ id: grantId, sessionId, role: 'representative', guestId: null, name: '陈版主', accountId: null }, at)
        if (grantId && personId) await accounts.hold(personId, grantId, at)
        await tx
          .insertInto('attendees')
          .values({ id, sessionId, forumId: forum?.id ?? null, name: '陈版主', phoneSealed: null, phoneHint: '', state, waitingSince: null, seat: '2排8座', tableId, note: '', reason: '', grantId, personId: applied ? personId : null, createdAt: at, repliedAt: at, remindedAt: null, checkedInAt: checkedIn ? at : null, checkedInBy: null, version: 1 })
          .execute()
      })
      return id
    },
    ledger: async () => (await core.ledger.file(sessionId)).entries,
  }
}
export type OpenedFloor = Awaited<ReturnType<typeof openFloor>>
