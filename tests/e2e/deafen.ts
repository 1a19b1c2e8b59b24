import type { BrowserContext } from 'playwright-core'

declare global {
  /** While true, what the server tells this page of a session's changes is lost on the way; answers to its own requests arrive. */
  var testDeaf: (deaf: boolean) => void
}

/** Makes a page miss what happens whenever `testDeaf(true)` is called in it: the moment in which two hosts act at once, held open. */
export async function deafen(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    let deaf = false
    globalThis.testDeaf = (now) => (deaf = now)
    globalThis.WebSocket = class extends WebSocket {
      constructor(...options: ConstructorParameters<typeof WebSocket>) {
        super(...options)
        this.addEventListener('message', (event) => {
          if (deaf && typeof event.data === 'string' && event.data.includes('"session:events"')) event.stopImmediatePropagation()
        })
      }
    }
  })
}
