import type { SmsGateway } from './gateway.ts'

/** Prints each code in the terminal, in one line, for trying things out. `write`: where to. */
export function createConsoleGateway(write: (line: string) => void): SmsGateway {
  return async ({ phone, code }) => write(`短信验证码 one-time code  ${phone}  ${code}\n`)
}
