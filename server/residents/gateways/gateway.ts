import type { Logger } from 'pino'
import type { AttendeeEvent } from '../../deliveries/rules.ts'

/**
 * One message for one phone. `kind`: a one-time code, or what somebody who attends a symposium is told. `text` is what the resident reads; a county's own template may take `code` alone.
 */
type PhoneMessage = { phone: string; text: string; locale: 'zh-CN' | 'en' } & ({ kind: 'code'; code: string } | { kind: AttendeeEvent })

/** Brings messages to phones. @throws RefusedError `gateway_failed` */
export type SmsGateway = (message: PhoneMessage) => Promise<void>

export type GatewayLog = Pick<Logger, 'warn'>
