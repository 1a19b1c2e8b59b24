import type { Logger } from 'pino'

/** One code for one phone. `text` is what the resident reads; a county's own template may take `code` alone. */
type CodeMessage = { phone: string; code: string; text: string; locale: 'zh-CN' | 'en' }

/** Brings codes to phones. @throws RefusedError `gateway_failed` */
export type SmsGateway = (message: CodeMessage) => Promise<void>

export type GatewayLog = Pick<Logger, 'warn'>
