import type { SmsGateway } from './gateway.ts'

/** Prints each message in the terminal, in one line, for trying things out; of a code, the code alone. `write`: where to. */
export function createConsoleGateway(write: (line: string) => void): SmsGateway {
  return async (message) => write(message.kind === 'code' ? `短信验证码 one-time code  ${message.phone}  ${message.code}\n` : `短信 text message  ${message.phone}  ${message.text}\n`)
}
