import type { Attempt, AttendeeMessage, StoredDelivery } from '../deliveries/rules.ts'
import type { SmsGateway } from '../residents/gateways/gateway.ts'
import { messageText } from './notices.ts'
import type { Phones } from './phones.ts'
import type { AttendanceStore } from './store.ts'

/**
 * Makes one attempt at telling somebody who attends by a message to their phone. Only who it is for is kept until then: the number is opened here, and who is not on the list any more, or
 * has no number, is told nothing.
 */
export function createMessageSender(deps: { read: Pick<AttendanceStore, 'byId'>; phones: Phones; gateway: () => Promise<SmsGateway | null>; siteName: () => Promise<string>; now: () => Date }) {
  const { read, phones, gateway, siteName, now } = deps
  return async ({ target, bodyJson }: StoredDelivery): Promise<Attempt> => {
    const { event, texts, until } = JSON.parse(bodyJson) as AttendeeMessage
    const attendee = await read.byId(target)
    const phone = attendee && phones.mobile(attendee)
    if (!phone) return { delivered: false, outcome: 'removed', final: true }
    // After its planned end it is no news.
    if (until <= now().toISOString()) return { delivered: false, outcome: 'late', final: true }
    const send = await gateway()
    if (!send) return { delivered: false, outcome: 'off', final: true }
    try {
      await send({ kind: event, phone, text: messageText(texts['zh-CN'], await siteName()), locale: 'zh-CN' })
      return { delivered: true, outcome: 'sent', final: true }
    } catch {
      return { delivered: false, outcome: 'gateway', final: false }
    }
  }
}
