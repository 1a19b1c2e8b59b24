import type { Size } from '../layout.ts'

/** Simulcast layers as the camera sends them, smallest first. Bitrates in bits per second: enough for a face and its background, within what a county's uplink carries. */
export const CAMERA_ENCODINGS = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { scaleResolutionDownBy: 1, maxBitrate: 1_600_000 },
]

/** A shared screen is text first: few frames, full size, and a half-size layer for phones. */
export const SCREEN_ENCODINGS = [
  { scaleResolutionDownBy: 2, maxBitrate: 400_000, maxFramerate: 10 },
  { scaleResolutionDownBy: 1, maxBitrate: 2_000_000, maxFramerate: 15 },
]

/** What a camera is asked for. */
export const CAMERA_SIZE = { width: 1280, height: 720, frameRate: 25 }

/** A denser screen than this gains nothing that is worth its bandwidth. */
const DENSITY_MAX = 1.5
/** The smallest layer (180 lines) serves up to here, the middle one (360 lines) up to the next. */
const SMALL_LINES = 200
const MIDDLE_LINES = 460

/**
 * The highest spatial layer worth receiving for a picture shown at `shown` CSS pixels with `density` device pixels each.
 * A screen has two layers, so its larger one is already layer 1.
 */
export function spatialLayer(shown: Size, density: number, source: 'camera' | 'screen'): 0 | 1 | 2 {
  const lines = Math.max(shown.height, (shown.width * 9) / 16) * Math.min(density, DENSITY_MAX)
  if (source === 'screen') return lines <= SMALL_LINES ? 0 : 1
  if (lines <= SMALL_LINES) return 0
  return lines <= MIDDLE_LINES ? 1 : 2
}
