import type { Ack } from '../../shared/protocol/errors.ts'
import { createAllowance } from './allowance.ts'
import type { FangtanServer } from './types.ts'

/** What we need of an Engine.IO connection; its `packet` event comes before anything is made of the packet. */
type Line = {
  on: (event: 'packet', listener: (packet: { type: string; data?: string | Buffer }) => void) => unknown
  send: (text: string) => unknown
  close: (discard?: boolean) => void
}

/** An event that wants an answer, in Socket.IO's text protocol: 2, the number of the answer, and the event. */
const ASKING = /^2(\d{1,15})\[/

/** The instant cut-off is counted by itself: whoever presses it may have used up everything else. */
const URGENT = /^2\d{1,15}\["session:cut",/
const URGENT_LENGTH = 2_000

/**
 * Refuses what one connection sends too much before it is parsed: neither JSON nor schemas nor handlers see it, so the flood of one client costs the others
 * nothing. Who asked for an answer is told; who goes on regardless is cut off.
 */
export function guardAgainstFloods(io: FangtanServer): void {
  io.engine.on('connection', (line: Line) => {
    const [usual, urgent] = [createAllowance(Date.now), createAllowance(Date.now)]
    let greeted = false
    line.on('packet', (packet) => {
      if (packet.type !== 'message') return
      // The first one only opens Socket.IO's own connection.
      if (!greeted) return void (greeted = true)
      const size = packet.data?.length ?? 0
      const allowance = size <= URGENT_LENGTH && typeof packet.data === 'string' && URGENT.test(packet.data) ? urgent : usual
      const verdict = allowance.take(size)
      if (verdict === 'admit') return
      // Socket.IO is handed packets of the type `message` only.
      packet.type = 'noop'
      if (verdict === 'cut') return line.close(true)
      const number = typeof packet.data === 'string' ? ASKING.exec(packet.data)?.[1] : undefined
      const answer: Ack<never> = { ok: false, error: { code: 'rate_limited', retryAfterMs: allowance.wait() } }
      if (number !== undefined) line.send(`3${number}${JSON.stringify([answer])}`)
    })
  })
}
