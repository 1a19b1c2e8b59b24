import { z } from 'zod'

/** The parts of mediasoup's RTP and DTLS types that cross the wire, as far as they must be bounded before they reach the worker. */
const parameterValue = z.union([z.string().max(256), z.number()])
const codecParameters = z.record(z.string().max(64), parameterValue)
const rtcpFeedback = z.strictObject({ type: z.string().max(32), parameter: z.string().max(32).optional() })
const kind = z.enum(['audio', 'video'])
const payloadType = z.int().min(0).max(127)
const mimeType = z.string().regex(/^(audio|video)\/[\w.+-]{1,32}$/i)
const headerExtensionUri = z.string().max(128)

const rtpCodecCapability = z.strictObject({
  kind,
  mimeType,
  preferredPayloadType: payloadType.optional(),
  clockRate: z.int().positive(),
  channels: z.int().positive().optional(),
  parameters: codecParameters.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
})

const rtpHeaderExtensionCapability = z.strictObject({
  kind,
  uri: headerExtensionUri,
  preferredId: z.int().min(1).max(255),
  preferredEncrypt: z.boolean().optional(),
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
})

export const rtpCapabilitiesSchema = z.strictObject({
  codecs: z.array(rtpCodecCapability).max(64).optional(),
  headerExtensions: z.array(rtpHeaderExtensionCapability).max(64).optional(),
})

const rtpCodecParameters = z.strictObject({
  mimeType,
  payloadType,
  clockRate: z.int().positive(),
  channels: z.int().positive().optional(),
  parameters: codecParameters.optional(),
  rtcpFeedback: z.array(rtcpFeedback).max(32).optional(),
})

const rtpEncoding = z.strictObject({
  ssrc: z.int().min(0).max(0xffffffff).optional(),
  rid: z.string().max(16).optional(),
  codecPayloadType: payloadType.optional(),
  rtx: z.strictObject({ ssrc: z.int().min(0).max(0xffffffff) }).optional(),
  dtx: z.boolean().optional(),
  active: z.boolean().optional(),
  scalabilityMode: z.string().max(16).optional(),
  scaleResolutionDownBy: z.number().positive().optional(),
  maxBitrate: z.number().positive().optional(),
  maxFramerate: z.number().positive().optional(),
  adaptivePtime: z.boolean().optional(),
  priority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
  networkPriority: z.enum(['very-low', 'low', 'medium', 'high']).optional(),
})

export const rtpParametersSchema = z.strictObject({
  mid: z.string().max(32).optional(),
  codecs: z.array(rtpCodecParameters).min(1).max(16),
  headerExtensions: z
    .array(z.strictObject({ uri: headerExtensionUri, id: z.int().min(1).max(255), encrypt: z.boolean().optional(), parameters: codecParameters.optional() }))
    .max(32)
    .optional(),
  encodings: z.array(rtpEncoding).max(8).optional(),
  rtcp: z.strictObject({ cname: z.string().max(256).optional(), reducedSize: z.boolean().optional() }).optional(),
  msid: z.string().max(256).optional(),
})

export const dtlsParametersSchema = z.strictObject({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(z.strictObject({ algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']), value: z.string().regex(/^[0-9A-Fa-f:]{20,200}$/) }))
    .min(1)
    .max(8),
})

export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>
export type RtpParameters = z.infer<typeof rtpParametersSchema>
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>

/** As mediasoup makes them; only ever server to client. */
export type IceParameters = { usernameFragment: string; password: string; iceLite?: boolean }
export type IceCandidate = {
  foundation: string
  priority: number
  /** Deprecated name that mediasoup still sends. */
  ip?: string
  address: string
  protocol: 'udp' | 'tcp'
  port: number
  type: 'host' | 'srflx' | 'prflx' | 'relay'
  tcpType?: 'active' | 'passive' | 'so'
}
