import type { Device, Producer, ProducerOptions, Transport } from 'mediasoup-client/types'
import type { IceServer, MediaSource } from '../../../shared/media.ts'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import type { RtpParameters } from '../../../shared/rtp.ts'
import { CAMERA_ENCODINGS, SCREEN_ENCODINGS } from './layers.ts'
import { asError, openTransport } from './transport.ts'
import type { MediaContext, Publication, Publications, PublishRefused } from './types.ts'

/** Refusals that the same request would meet again: the person is told, and it is not repeated. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['forbidden', 'invalid_input', 'too_large', 'wrong_state', 'closed'])

const ENCODING: Record<MediaSource, Pick<ProducerOptions, 'encodings' | 'codecOptions'>> = {
  camera: { encodings: CAMERA_ENCODINGS, codecOptions: { videoGoogleStartBitrate: 800 } },
  screen: { encodings: SCREEN_ENCODINGS },
  // Forward error correction and silence suppression: speech survives loss, and a quiet room costs nothing.
  microphone: { codecOptions: { opusFec: true, opusDtx: true, opusMaxAverageBitrate: 48_000 } },
  screen_audio: { codecOptions: { opusStereo: true, opusFec: true, opusMaxAverageBitrate: 96_000 } },
}

/** What `produce` below tells the transport's listener about a track. */
type Described = { source: MediaSource; paused: boolean }

export type Sender = {
  /** Brings what is sent to `publications`. Calls must not overlap. @throws RefusedError, RoomClosed */
  sync(publications: Publications): Promise<void>
  /** Also true while there is nothing to send. */
  connected(): boolean
  transport(): Transport | null
  close(): void
}

/** Everything sent in one room. Tracks belong to their owner: they are neither stopped nor muted here. */
export function createSender(context: MediaContext, device: Device, iceServers: IceServer[], refused: PublishRefused): Sender {
  const { link, sessionId } = context
  const producers = new Map<MediaSource, Producer>()
  const refusedTracks = new Map<MediaSource, MediaStreamTrack>()
  let transport: Transport | null = null

  async function open(): Promise<Transport> {
    const opened = await openTransport(context, device, iceServers, 'send')
    opened.on('produce', ({ rtpParameters, appData }, done, failed) => {
      const { source, paused } = appData as Described
      const payload = { sessionId, transportId: opened.id, source, rtpParameters: rtpParameters as RtpParameters, paused }
      link.request('media:produce', payload).then(({ producerId }) => done({ id: producerId }), (error: unknown) => failed(asError(error)))
    })
    return opened
  }

  async function produce(source: MediaSource, track: MediaStreamTrack, paused: boolean): Promise<void> {
    transport ??= await open()
    const producer = await transport.produce({ track, ...ENCODING[source], stopTracks: false, disableTrackOnPause: false, appData: { source, paused } satisfies Described })
    context.assertOpen()
    if (paused) producer.pause()
    producers.set(source, producer)
  }

  async function tell(producer: Producer, action: 'pause' | 'resume' | 'close'): Promise<void> {
    try {
      await link.request('media:producer', { sessionId, producerId: producer.id, action })
    } catch (error) {
      // Closed by the server meanwhile, which is where `close` was going.
      if (action !== 'close' || !(error instanceof RefusedError) || error.refusal.code !== 'not_found') throw error
    }
  }

  async function adjust(producer: Producer, { track, paused }: Publication): Promise<void> {
    const off = paused || track === null
    if (off && !producer.paused) {
      producer.pause()
      await tell(producer, 'pause')
      context.assertOpen()
    }
    if (producer.track !== track && track?.readyState !== 'ended') await producer.replaceTrack({ track })
    context.assertOpen()
    if (!off && producer.paused) {
      producer.resume()
      await tell(producer, 'resume')
    }
  }

  return {
    async sync(publications) {
      for (const [source, producer] of producers) {
        if (publications.has(source)) continue
        producers.delete(source)
        producer.close()
        await tell(producer, 'close')
        context.assertOpen()
      }
      for (const [source, publication] of publications) {
        const producer = producers.get(source)
        if (producer) await adjust(producer, publication)
        else if (publication.track?.readyState === 'live' && refusedTracks.get(source) !== publication.track) {
          try {
            await produce(source, publication.track, publication.paused)
          } catch (error) {
            if (!(error instanceof RefusedError) || !FINAL.has(error.refusal.code)) throw error
            refusedTracks.set(source, publication.track)
            refused(source, error.refusal)
          }
        }
        context.assertOpen()
      }
    },
    connected: () => producers.size === 0 || transport?.connectionState === 'connected',
    transport: () => transport,
    close() {
      producers.clear()
      transport?.close()
    },
  }
}
