import type { Delivery, WebhookEvent } from '../../shared/webhooks.ts'

/** Attempts after which a delivery is given up. */
export const MAX_ATTEMPTS = 10

const FIRST_DELAY = 10_000
const LONGEST_DELAY = 6 * 3_600_000
const GROWTH = 4
/** Share of the delay that chance moves it by, either way: what failed together does not come back together. */
const JITTER = 0.25

/** Milliseconds until the next attempt after `attempts` of them, or null when it is given up. `random` from 0 to 1. */
export function nextDelay(attempts: number, random: number): number | null {
  if (attempts >= MAX_ATTEMPTS) return null
  const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * GROWTH ** (attempts - 1))
  return Math.round(delay * (1 - JITTER + 2 * JITTER * random))
}

/** A delivery as it is kept. `target`: a webhook's id, a push endpoint, or the id of somebody who attends, whose phone it goes to. `questionId`: the question it tells of. */
export type StoredDelivery = Omit<Delivery, 'event'> & { event: string; kind: 'webhook' | 'push' | 'sms'; target: string; questionId: string | null; bodyJson: string }

/** What became of one attempt. `outcome`: an HTTP status or a word for what went wrong. `final`: another attempt could only fail alike. */
export type Attempt = { delivered: boolean; outcome: string; final: boolean }

/** What an attempt makes of the delivery it was made for. `now` in milliseconds since 1970. */
export function afterAttempt(attempts: number, attempt: Attempt, now: number, random: number): Pick<StoredDelivery, 'state' | 'outcome' | 'nextAt'> {
  if (attempt.delivered) return { state: 'delivered', outcome: attempt.outcome, nextAt: null }
  const delay = attempt.final ? null : nextDelay(attempts, random)
  return { state: delay === null ? 'failed' : 'waiting', outcome: attempt.outcome, nextAt: delay === null ? null : new Date(now + delay).toISOString() }
}

/** What the outside is told of, within the commit that it is about. */
export type Telling =
  | { kind: 'webhook'; event: WebhookEvent; questionId: string | null; data: Record<string, unknown> }
  /** To the devices of the asker, of the askers merged into it, and of the voters of one question. */
  | { kind: 'push'; event: PushEvent; question: { id: string; sessionId: string; number: number }; texts: PushTexts }
  /** To one of those who attend: to the devices of whoever holds their link or applied, and `sms`: to their phone, which is no news after `until`. */
  | { kind: 'attendee'; event: AttendeeEvent; attendeeId: string; sessionId: string; until: string; texts: PushTexts; sms: boolean }

export type PushEvent = 'aired' | 'answered' | 'merged' | 'declined' | 'recorded'
/** There is a place for them; they are asked to reply; they are reminded to come. */
export type AttendeeEvent = 'place' | 'ask' | 'reminder'
/** What waits to be sent to a phone: whose it is stands beside it, the number nowhere. */
export type AttendeeMessage = { event: AttendeeEvent; texts: PushTexts; until: string }
/** By language: what the notice says. */
export type PushTexts = Record<'zh-CN' | 'en', { title: string; body: string }>
