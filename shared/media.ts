import { z } from 'zod'
import { dtlsParametersSchema, rtpCapabilitiesSchema, rtpParametersSchema } from './rtp.ts'
import type { DtlsParameters, IceCandidate, IceParameters, RtpCapabilities, RtpParameters } from './rtp.ts'
import { idSchema, sessionIdSchema } from './schemas.ts'

/** What a picture or sound is: a face, a voice, a shared screen (with its sound). */
export const mediaSourceSchema = z.enum(['camera', 'microphone', 'screen', 'screen_audio'])
export type MediaSource = z.infer<typeof mediaSourceSchema>

export type StageProducer = { id: string; source: MediaSource; paused: boolean }

/** Someone with a seat: a guest's is their `Guest.id`, a host's is their grant's id, that of a resident who has the floor is their hand's id. */
export type StagePeer = {
  seatId: string
  role: 'guest' | 'host' | 'resident'
  name: string
  post: string
  department: string
  /** On the public stage, or still backstage. */
  onAir: boolean
  /** By the host or director: nobody hears it. */
  muted: boolean
  producers: StageProducer[]
}

/**
 * What this client may see and hear now, whole; sent after joining and at every change. Viewers are told only of who is on air, and only while the session is live;
 * backstage (hosts, guests) everyone present. Consumers of anything no longer listed are closed by the server.
 */
export type StageMedia = {
  /** Changes when the room was rebuilt (dead worker, another owner): everything made before is gone, join again. */
  generation: string
  /** Grows with every change within a generation. Acknowledgement and broadcast may overtake one another between processes: keep the higher, drop the lower. */
  version: number
  peers: StagePeer[]
  /** Seat of the one who speaks. */
  speaker: string | null
}

/** `viewer` receives the public stage; `backstage` sees everyone and may publish (hosts and guests); `floor` receives what viewers do and may publish, as long as their hand has the floor. */
export const mediaAudienceSchema = z.enum(['viewer', 'backstage', 'floor'])
export type MediaAudience = z.infer<typeof mediaAudienceSchema>

export const mediaJoinSchema = z.strictObject({
  sessionId: sessionIdSchema,
  audience: mediaAudienceSchema,
  /** Which of their seats to take, for a person who has both (one browser in which a host's and a guest's link were opened): the desk says host, the stage page guest. */
  seat: z.enum(['guest', 'host']).optional(),
})
export type MediaJoin = z.infer<typeof mediaJoinSchema>
/** `seatId`: the seat under which this client publishes, null for one that may only receive. */
export type MediaJoined = { seatId: string | null; stage: StageMedia; routerRtpCapabilities: RtpCapabilities; iceServers: IceServer[] }
export type IceServer = { urls: string[]; username?: string; credential?: string }

export const mediaTransportSchema = z.strictObject({ sessionId: sessionIdSchema, direction: z.enum(['send', 'receive']) })
export type MediaTransport = { id: string; iceParameters: IceParameters; iceCandidates: IceCandidate[]; dtlsParameters: DtlsParameters }

const transportId = z.uuid()
export const mediaConnectSchema = z.strictObject({ sessionId: sessionIdSchema, transportId, dtlsParameters: dtlsParametersSchema })
export const mediaRestartIceSchema = z.strictObject({ sessionId: sessionIdSchema, transportId })

export const mediaProduceSchema = z.strictObject({
  sessionId: sessionIdSchema,
  transportId,
  source: mediaSourceSchema,
  rtpParameters: rtpParametersSchema,
  paused: z.boolean(),
})
export const mediaProducerSchema = z.strictObject({ sessionId: sessionIdSchema, producerId: z.uuid(), action: z.enum(['pause', 'resume', 'close']) })

export const mediaConsumeSchema = z.strictObject({ sessionId: sessionIdSchema, transportId, producerId: z.uuid(), rtpCapabilities: rtpCapabilitiesSchema })
/** A consumer is created paused; the client resumes it once its element is ready. */
export type MediaConsumer = { id: string; producerId: string; kind: 'audio' | 'video'; rtpParameters: RtpParameters; producerPaused: boolean }

/** `layers`: highest spatial layer wanted (0 is the smallest picture), following the size at which it is shown. */
export const mediaConsumerSchema = z.discriminatedUnion('action', [
  z.strictObject({ sessionId: sessionIdSchema, consumerId: z.uuid(), action: z.literal('resume') }),
  z.strictObject({ sessionId: sessionIdSchema, consumerId: z.uuid(), action: z.literal('pause') }),
  z.strictObject({ sessionId: sessionIdSchema, consumerId: z.uuid(), action: z.literal('close') }),
  z.strictObject({ sessionId: sessionIdSchema, consumerId: z.uuid(), action: z.literal('layers'), spatialLayer: z.int().min(0).max(2) }),
])

export const mediaLeaveSchema = z.strictObject({ sessionId: sessionIdSchema })

/** The host brings a seat onto the public stage or back behind it. Durable: it survives reloads and restarts. */
export const stageAdmitSchema = z.strictObject({ sessionId: sessionIdSchema, seatId: idSchema, onAir: z.boolean() })
export type StageAdmit = z.infer<typeof stageAdmitSchema>

/** Takes the sound of a seat away, or gives it back. At once, on the server; durable. */
export const stageMuteSchema = z.strictObject({ sessionId: sessionIdSchema, seatId: idSchema, muted: z.boolean() })
export type StageMute = z.infer<typeof stageMuteSchema>
