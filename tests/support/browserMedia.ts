import type { Frame, Page } from 'playwright-core'

declare global {
  var testConnections: RTCPeerConnection[]
  /** How many frames each video had drawn when it was looked at first. */
  var testFrames: WeakMap<HTMLVideoElement, number>
}

/** Runs in the page before its own scripts: keeps every connection it makes, so that a test can ask what arrived. */
export function recordConnections(): void {
  globalThis.testConnections = []
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      globalThis.testConnections.push(this)
    }
  }
}

/** How many pictures of one video must follow another before it counts as moving: more than what a buffer still holds when the line is cut. */
const MOVING = 10
const WAIT_MS = 60_000

/** Resolves once a picture on the page moves: one of the stage's videos draws {@link MOVING} more frames than it had when looked at first. */
export async function pictureMoves(page: Page | Frame, timeoutMs = WAIT_MS): Promise<void> {
  await page.evaluate(() => (globalThis.testFrames = new WeakMap()))
  await page.waitForFunction(
    (moving) => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid="stage-video"]')]
      return videos.some((video) => {
        const now = video.getVideoPlaybackQuality().totalVideoFrames
        const first = globalThis.testFrames.get(video) ?? now
        // A new stream in the same element counts from zero again.
        globalThis.testFrames.set(video, Math.min(first, now))
        return now - first >= moving
      })
    },
    MOVING,
    { timeout: timeoutMs, polling: 100 },
  )
}

/** Bytes of sound that have arrived over all connections of the page that are open. */
export async function soundBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let bytes = 0
    for (const connection of globalThis.testConnections) {
      if (connection.connectionState === 'closed') continue
      for (const report of (await connection.getStats()).values()) {
        const { type, kind, bytesReceived } = report as { type: string; kind?: string; bytesReceived?: number }
        if (type === 'inbound-rtp' && kind === 'audio') bytes += bytesReceived ?? 0
      }
    }
    return bytes
  })
}
