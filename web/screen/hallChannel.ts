const CHANNEL = 'fangtan.hall'
type Renewed = { sessionId: string; code: string }

const isRenewed = (data: unknown): data is Renewed => typeof data === 'object' && data !== null && 'sessionId' in data && 'code' in data && typeof data.code === 'string'

/** Tells the big screens that this browser shows that the code of the hall is another one now. */
export function tellScreens(sessionId: string, code: string): void {
  if (!('BroadcastChannel' in window)) return
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage({ sessionId, code } satisfies Renewed)
  channel.close()
}

/** Hears of a new code of the session's hall from a desk in the same browser. Returns the undo. */
export function hearDesk(sessionId: string, renewed: (code: string) => void): () => void {
  if (!('BroadcastChannel' in window)) return () => undefined
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isRenewed(data) && data.sessionId === sessionId) renewed(data.code)
  }
  return () => channel.close()
}
