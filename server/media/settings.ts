import type { types } from 'mediasoup'

/** VP8 first: every browser encodes it in simulcast. H.264 (constrained baseline) for cameras and encoders that speak nothing else. */
export const CODECS: types.RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, parameters: { useinbandfec: 1, usedtx: 1 } },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 } },
]

/** Bits a second. */
export const BITRATES = {
  /** A viewer starts here instead of on the lowest layer; the estimate follows the line within seconds. */
  initialOutgoing: 1_200_000,
  maxOutgoing: 8_000_000,
  /** Three layers of a camera and a shared screen with its sound. */
  maxIncoming: 6_000_000,
} as const

/** Milliseconds. */
export const MEDIA_TIMES = {
  /** Viewers who come at once ask for one keyframe, not for one each. */
  keyFrameRequestDelay: 2_000,
  audioLevelInterval: 500,
  /** Waits before a dead worker is started again; the last one repeats. */
  respawn: [100, 500, 2_000, 5_000, 15_000, 30_000],
  /** A worker that lived this long starts the waits from the beginning. */
  respawnForgiven: 60_000,
  /** How often a worker is asked for a sign of life. */
  healthCheck: 5_000,
  /** How long a room waits for a worker that is being replaced. */
  workerWait: 4_000,
} as const

/** Average level over an interval, in dBvo, from which a microphone counts as speech: words with the gaps between them. */
export const SPEECH_THRESHOLD = -65

/** What one connection may hold. */
export const PEER_LIMITS = { consumers: 40, pending: 64 } as const

/** Of 255: when bandwidth is short, the one who speaks keeps the picture. */
export const SPEAKER_PRIORITY = 200
export const NORMAL_PRIORITY = 1
