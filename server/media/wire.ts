import { errors } from 'mediasoup'
import type { types } from 'mediasoup'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { RtpCapabilities, RtpParameters } from '../../shared/rtp.ts'
import { BITRATES } from './settings.ts'

/** Turned off: a phone that rotates would otherwise send a picture whose rotation the recording does not know. */
const VIDEO_ORIENTATION = 'urn:3gpp:video-orientation'

const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set<types.RtpHeaderExtensionUri>([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'urn:ietf:params:rtp-hdrext:toffset',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
])

function isKnownExtension<T extends { uri: string }>(extension: T): extension is T & { uri: types.RtpHeaderExtensionUri } {
  return KNOWN_EXTENSIONS.has(extension.uri)
}

/**
 * A client's RTP parameters as the router takes them: what it does not use or would refuse is left out.
 * A bit rate must be whole (mediasoup throws half-way through writing the request, after which that worker takes no request from anybody) and bounded
 * (the router reserves it for each receiver).
 */
export function toRouterParameters(parameters: RtpParameters): types.RtpParameters {
  return {
    ...parameters,
    headerExtensions: parameters.headerExtensions?.filter(isKnownExtension),
    encodings: parameters.encodings?.map(({ ssrc, rid, codecPayloadType, rtx, dtx, scalabilityMode, maxBitrate }) => ({
      ssrc,
      rid,
      codecPayloadType,
      rtx,
      dtx,
      scalabilityMode,
      maxBitrate: maxBitrate === undefined ? undefined : Math.min(Math.round(maxBitrate), BITRATES.maxIncoming),
    })),
  }
}

/** @throws RefusedError `invalid_input` for a codec without a payload type */
export function toRouterCapabilities(capabilities: RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: capabilities.codecs?.map((codec) => {
      if (codec.preferredPayloadType === undefined) throw new RefusedError('invalid_input', { issues: [{ path: 'rtpCapabilities.codecs', code: 'payload_type' }] })
      return { ...codec, preferredPayloadType: codec.preferredPayloadType }
    }),
    headerExtensions: capabilities.headerExtensions?.filter(isKnownExtension),
  }
}

type Plain<T> = T extends Record<string, unknown> ? { [K in keyof T]: Plain<T[K]> } : T
const isValue = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

function plainParameters(parameters: Record<string, unknown> | undefined): Record<string, string | number> {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter((entry): entry is [string, string | number] => isValue(entry[1])))
}

/** The router's capabilities as a client loads them into its device. */
export function toClientCapabilities(capabilities: Plain<types.RtpCapabilities>): RtpCapabilities {
  return {
    codecs: capabilities.codecs?.map((codec) => ({ ...codec, parameters: plainParameters(codec.parameters) })),
    headerExtensions: capabilities.headerExtensions?.filter((extension) => extension.uri !== VIDEO_ORIENTATION),
  }
}

/** A consumer's RTP parameters as the client receives them. */
export function toClientParameters(parameters: types.RtpParameters): RtpParameters {
  return {
    ...parameters,
    codecs: parameters.codecs.map((codec) => ({ ...codec, parameters: plainParameters(codec.parameters) })),
    headerExtensions: parameters.headerExtensions?.map((extension) => ({ ...extension, parameters: plainParameters(extension.parameters) })),
  }
}

/**
 * Runs one call into mediasoup and names its failure.
 * @throws RefusedError `invalid_input` when the client's parameters do not fit, else `media_unavailable`: what was asked about is being torn down, and joining again helps
 */
export async function mediasoupCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof RefusedError) throw error
    if (error instanceof TypeError || error instanceof errors.UnsupportedError) throw new RefusedError('invalid_input', { issues: [{ path: '', code: 'rtp' }] })
    throw new RefusedError('media_unavailable')
  }
}
