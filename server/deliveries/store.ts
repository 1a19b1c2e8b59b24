import { randomUUID } from 'node:crypto'
import type { PushMessage } from '../../shared/push.ts'
import type { WebhookEvent } from '../../shared/webhooks.ts'
import type { Queries } from '../db/database.ts'
import { noticePath } from '../questions/receipts.ts'
import type { WebhookQuestion } from '../webhooks/rules.ts'
import type { AttendeeMessage, StoredDelivery, Telling } from './rules.ts'

/** 11 bound values a row: stays below SQLite's limit of 32,766. */
const ROWS_PER_STATEMENT = 500
const MAX_TARGETS = 20_000

export type DeliveryStore = ReturnType<typeof createDeliveryStore>

const fresh = (kind: StoredDelivery['kind'], target: string, event: string, questionId: string | null, body: unknown, now: string): StoredDelivery => ({
  id: randomUUID(),
  kind,
  target,
  event,
  questionId,
  bodyJson: JSON.stringify(body),
  state: 'waiting',
  attempts: 0,
  outcome: null,
  createdAt: now,
  nextAt: now,
})

/** What a webhook is told of a question, as of one that is not public any more. */
function withoutWords(bodyJson: string): string {
  const body = JSON.parse(bodyJson) as { data: { question: WebhookQuestion } }
  const question: WebhookQuestion = { ...body.data.question, text: null, name: null, answer: null }
  return JSON.stringify({ ...body, data: { ...body.data, question } })
}

export function createDeliveryStore(db: Queries) {
  async function insert(rows: readonly StoredDelivery[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) await db.insertInto('deliveries').values(rows.slice(start, start + ROWS_PER_STATEMENT)).execute()
  }

  /** Of each device that wants to hear of the question: whose own it is gets the way to its receipt (sealed, as everything at rest), a voter to the session. */
  async function devicesOf(questionId: string): Promise<{ endpoint: string; locale: string; receipt: string | null }[]> {
    const own = await db
      .selectFrom('pushSubscriptions')
      .innerJoin('questions', 'questions.personId', 'pushSubscriptions.personId')
      .select(['pushSubscriptions.endpoint', 'pushSubscriptions.locale', ({ fn }) => fn.coalesce('questions.receiptSealed', 'questions.receipt').as('receipt')])
      .where(({ eb, or }) => or([eb('questions.id', '=', questionId), eb('questions.mergedIntoId', '=', questionId)]))
      .where('questions.state', '!=', 'withdrawn')
      .limit(MAX_TARGETS)
      .execute()
    const voters = await db
      .selectFrom('pushSubscriptions')
      .select(['endpoint', 'locale'])
      .where('personId', 'in', (query) => query.selectFrom('votes').select('votes.personId').where(({ eb, or }) => or([eb('votes.questionId', '=', questionId), eb('votes.viaId', '=', questionId)])))
      .limit(MAX_TARGETS)
      .execute()
    const devices = new Map<string, { endpoint: string; locale: string; receipt: string | null }>()
    for (const device of voters) devices.set(device.endpoint, { ...device, receipt: null })
    for (const device of own) devices.set(device.endpoint, device)
    return [...devices.values()]
  }

  /** Of whoever holds the link of one who attends, or applied. */
  async function devicesBehind(attendeeId: string): Promise<{ endpoint: string; locale: string }[]> {
    return db
      .selectFrom('pushSubscriptions')
      .select(['endpoint', 'locale'])
      .where(({ eb, or, selectFrom }) =>
        or([
          eb('personId', 'in', selectFrom('attendees').select('attendees.personId').where('attendees.id', '=', attendeeId).where('attendees.personId', 'is not', null).$narrowType<{ personId: string }>()),
          eb('personId', 'in', selectFrom('attendees').innerJoin('personGrants', 'personGrants.grantId', 'attendees.grantId').select('personGrants.personId').where('attendees.id', '=', attendeeId)),
        ]),
      )
      .execute()
  }

  type Hook = { id: string; events: WebhookEvent[] }

  async function rowsFor(telling: Telling, hooks: readonly Hook[], anyDevice: boolean, now: string): Promise<StoredDelivery[]> {
    switch (telling.kind) {
      case 'webhook':
        return hooks.filter(({ events }) => events.includes(telling.event)).map(({ id }) => fresh('webhook', id, telling.event, telling.questionId, { type: telling.event, timestamp: now, data: telling.data }, now))
      case 'push': {
        if (!anyDevice) return []
        const { id, sessionId, number } = telling.question
        return (await devicesOf(id)).map(({ endpoint, locale, receipt }) => {
          const message: PushMessage = { ...telling.texts[locale === 'en' ? 'en' : 'zh-CN'], path: noticePath(sessionId, receipt), tag: `${sessionId}:${number}` }
          return fresh('push', endpoint, telling.event, id, message, now)
        })
      }
      case 'attendee': {
        const { event, attendeeId, sessionId, texts, until, sms } = telling
        const devices = anyDevice ? await devicesBehind(attendeeId) : []
        const pushed = devices.map(({ endpoint, locale }) => {
          const message: PushMessage = { ...texts[locale === 'en' ? 'en' : 'zh-CN'], path: `/s/${sessionId}/invitation`, tag: `${sessionId}:attendance` }
          return fresh('push', endpoint, event, null, message, now)
        })
        const message: AttendeeMessage = { event, texts, until }
        return sms ? [...pushed, fresh('sms', attendeeId, event, null, message, now)] : pushed
      }
    }
  }

  return {
    /** Writes what `tellings` amount to, for the targets that there are now. @returns how many deliveries these are */
    async enqueue(tellings: readonly Telling[], now: string): Promise<number> {
      if (tellings.length === 0) return 0
      // Asked once: a bulk action tells of hundreds of questions.
      const hooks = (await db.selectFrom('webhooks').select(['id', 'eventsJson']).where('active', '=', 1).execute()).map(({ id, eventsJson }) => ({ id, events: JSON.parse(eventsJson) as WebhookEvent[] }))
      const anyDevice = (await db.selectFrom('pushSubscriptions').select('endpoint').limit(1).executeTakeFirst()) !== undefined
      let count = 0
      for (const telling of tellings) {
        const rows = await rowsFor(telling, hooks, anyDevice, now)
        await insert(rows)
        count += rows.length
      }
      return count
    },
    /** One delivery to one webhook, whether it is active or not. */
    async enqueueTest(webhookId: string, now: string): Promise<StoredDelivery> {
      const row = fresh('webhook', webhookId, 'test', null, { type: 'test', timestamp: now, data: {} }, now)
      await insert([row])
      return row
    },

    /** Takes the words of a question out of what was to be told of it and of what was told: they are not kept here longer than anywhere else. What waits for a device is not sent. */
    async forget(questionId: string): Promise<void> {
      await db.deleteFrom('deliveries').where('questionId', '=', questionId).where('kind', '=', 'push').execute()
      for (const { id, bodyJson } of await db.selectFrom('deliveries').select(['id', 'bodyJson']).where('questionId', '=', questionId).execute()) {
        await db.updateTable('deliveries').set({ bodyJson: withoutWords(bodyJson) }).where('id', '=', id).execute()
      }
    },

    /** Whether anything of this kind is to be sent at `now`. */
    async due(kind: StoredDelivery['kind'], now: string): Promise<boolean> {
      return (await db.selectFrom('deliveries').select('id').where('kind', '=', kind).where('state', '=', 'waiting').where('nextAt', '<=', now).limit(1).executeTakeFirst()) !== undefined
    },
    /**
     * Takes up to `most` of this kind of what is due and keeps other processes off it until `until`; each counts as an attempt from now on, so that one that ends the process is not tried for ever.
     * The outer condition is looked at anew under the row's lock: of two processes that saw the same row, one gets it.
     */
    async claim(kind: StoredDelivery['kind'], now: string, until: string, most: number): Promise<StoredDelivery[]> {
      return db
        .updateTable('deliveries')
        .set(({ eb }) => ({ nextAt: until, attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', (query) => query.selectFrom('deliveries').select('id').where('kind', '=', kind).where('state', '=', 'waiting').where('nextAt', '<=', now).orderBy('nextAt').limit(most))
        .where('state', '=', 'waiting')
        .where('nextAt', '<=', now)
        .returningAll()
        .execute()
    },
    /** Writes what became of an attempt, unless somebody else has claimed it since. */
    async settle(id: string, attempts: number, values: Pick<StoredDelivery, 'state' | 'outcome' | 'nextAt'>): Promise<void> {
      await db.updateTable('deliveries').set(values).where('id', '=', id).where('attempts', '=', attempts).where('state', '=', 'waiting').execute()
    },

    /** Newest first. */
    async ofTarget(target: string, limit: number): Promise<StoredDelivery[]> {
      return db.selectFrom('deliveries').selectAll().where('target', '=', target).orderBy('createdAt', 'desc').orderBy('id').limit(limit).execute()
    },
    async countsByTarget(): Promise<Map<string, { waiting: number; failed: number }>> {
      const rows = await db
        .selectFrom('deliveries')
        .select(({ fn }) => ['target', 'state', fn.countAll().as('count')])
        .where('kind', '=', 'webhook')
        .where('state', '!=', 'delivered')
        .groupBy(['target', 'state'])
        .execute()
      const counts = new Map<string, { waiting: number; failed: number }>()
      for (const { target, state, count } of rows) counts.set(target, { ...(counts.get(target) ?? { waiting: 0, failed: 0 }), [state]: Number(count) })
      return counts
    },
    /** Sends it anew, from the first attempt; not one that may be on its way, which is due before `beyond`. @returns false when there is no such delivery */
    async again(id: string, target: string, now: string, beyond: string): Promise<boolean> {
      const result = await db
        .updateTable('deliveries')
        .set({ state: 'waiting', attempts: 0, outcome: null, nextAt: now })
        .where('id', '=', id)
        .where('target', '=', target)
        .where(({ eb, or }) => or([eb('state', '!=', 'waiting'), eb('nextAt', '>', beyond)]))
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    },
    async removeTarget(target: string): Promise<void> {
      await db.deleteFrom('deliveries').where('target', '=', target).execute()
    },
    /** Forgets what was delivered before `delivered`, and what was given up before `failed`. */
    async trim(delivered: string, failed: string): Promise<void> {
      await db.deleteFrom('deliveries').where('state', '=', 'delivered').where('createdAt', '<', delivered).execute()
      await db.deleteFrom('deliveries').where('state', '=', 'failed').where('createdAt', '<', failed).execute()
    },
  }
}
