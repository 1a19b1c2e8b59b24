/** What a page says about its picture and sound, and how that follows from what happens to the client. */

export type StageStatus =
  | 'idle'
  /** Joining for the first time. */
  | 'connecting'
  /** Something is received. */
  | 'playing'
  /** Joined, and nobody is on air. */
  | 'waiting'
  /** It was lost and is being joined again. */
  | 'recovering'
  /** Refused, or lost too often; with `failed` it is still being tried. */
  | 'unavailable'
  /** The same seat was opened on another page. */
  | 'replaced'

export type StageSignal =
  | { type: 'start' }
  | { type: 'stop' }
  /** Joined and in step with the server: `receiving` is whether there is anything to receive, `connected` whether all that is to be received and sent gets through. */
  | { type: 'settled'; receiving: boolean; connected: boolean }
  /** The room, a transport or the connection to the server is gone; `attempts` joins in a row have failed. */
  | { type: 'lost'; attempts: number }
  /** The server said no, and asking again would change nothing. */
  | { type: 'refused' }
  | { type: 'replaced' }

/** From this many failed attempts on, the page no longer promises that it will be back in a moment. */
export const ATTEMPTS_BEFORE_UNAVAILABLE = 5

export function nextStatus(status: StageStatus, signal: StageSignal): StageStatus {
  switch (signal.type) {
    case 'start':
      return status === 'idle' || status === 'unavailable' || status === 'replaced' ? 'connecting' : status
    case 'stop':
      return 'idle'
    case 'replaced':
      return status === 'idle' ? 'idle' : 'replaced'
    case 'refused':
      return status === 'idle' || status === 'replaced' ? status : 'unavailable'
    case 'lost':
      if (status === 'idle' || status === 'replaced') return status
      if (signal.attempts >= ATTEMPTS_BEFORE_UNAVAILABLE) return 'unavailable'
      return status === 'connecting' || status === 'unavailable' ? status : 'recovering'
    case 'settled':
      if (status === 'idle' || status === 'replaced') return status
      if (signal.connected) return signal.receiving ? 'playing' : 'waiting'
      return status === 'waiting' ? 'connecting' : status
  }
}
