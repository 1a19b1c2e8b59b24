import type { Consumer, Device, Transport } from 'mediasoup-client/types'
import type { IceServer } from '../../../shared/media.ts'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import type { RtpCapabilities } from '../../../shared/rtp.ts'
import { openTransport } from './transport.ts'
import type { MediaContext } from './types.ts'
import { consumerSteps } from './wishes.ts'
import type { Held, Wish } from './wishes.ts'

type HeldConsumer = Held & { consumer: Consumer }

/** The producer went away, or off air, while it was asked for: the next state of the stage says so too. */
const GONE: ReadonlySet<ErrorCode> = new Set(['not_found', 'forbidden', 'wrong_state'])

export type Receiver = {
  /** Brings the consumers to `wishes`. Calls must not overlap. @throws RefusedError, RoomClosed */
  sync(wishes: readonly Wish[]): Promise<void>
  connected(): boolean
  transport(): Transport | null
  close(): void
}

/** Everything received in one room. `track` is told of each track that comes and, with null, goes. */
export function createReceiver(context: MediaContext, device: Device, iceServers: IceServer[], track: (producerId: string, track: MediaStreamTrack | null) => void): Receiver {
  const { link, sessionId } = context
  const held = new Map<string, HeldConsumer>()
  let transport: Transport | null = null
  // The library types codec parameters more loosely than they are.
  const rtpCapabilities = device.recvRtpCapabilities as RtpCapabilities

  async function tell(consumer: Consumer, change: { action: 'resume' | 'pause' | 'close' } | { action: 'layers'; spatialLayer: number }): Promise<void> {
    try {
      await link.request('media:consumer', { sessionId, consumerId: consumer.id, ...change })
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }

  async function open(wish: Wish, on: Transport): Promise<void> {
    let described
    try {
      described = await link.request('media:consume', { sessionId, transportId: on.id, producerId: wish.producerId, rtpCapabilities })
    } catch (error) {
      if (isGone(error)) return
      throw error
    }
    context.assertOpen()
    const { id, kind, producerId } = described
    // One stream id for a person's voice and picture keeps lips and sound together.
    const rtpParameters = described.rtpParameters as Parameters<Transport['consume']>[0]['rtpParameters']
    const streamId = wish.source.startsWith('screen') ? `${wish.seatId}/screen` : wish.seatId
    const consumer = await on.consume({ id, kind, producerId, rtpParameters, streamId })
    context.assertOpen()
    held.set(wish.producerId, { consumer, paused: true, layer: null })
    track(wish.producerId, consumer.track)
  }

  function close(producerId: string): Promise<void> {
    const gone = held.get(producerId)
    if (!gone) return Promise.resolve()
    held.delete(producerId)
    gone.consumer.close()
    track(producerId, null)
    return tell(gone.consumer, { action: 'close' })
  }

  async function change(producerId: string, next: Partial<Held>): Promise<void> {
    const now = held.get(producerId)
    if (!now) return
    Object.assign(now, next)
    if (next.paused === true) now.consumer.pause()
    if (next.paused === false) now.consumer.resume()
    if (next.layer !== undefined && next.layer !== null) await tell(now.consumer, { action: 'layers', spatialLayer: next.layer })
    if (next.paused !== undefined) await tell(now.consumer, { action: next.paused ? 'pause' : 'resume' })
  }

  return {
    async sync(wishes) {
      const first = consumerSteps(held, wishes)
      await Promise.all(first.close.map(close))
      if (first.open.length > 0) {
        transport ??= await openTransport(context, device, iceServers, 'receive')
        const on = transport
        await Promise.all(first.open.map((wish) => open(wish, on)))
      }
      context.assertOpen()
      const then = consumerSteps(held, wishes)
      await Promise.all([
        ...then.layers.map((wish) => change(wish.producerId, { layer: wish.layer })),
        ...then.resume.map((producerId) => change(producerId, { paused: false })),
        ...then.pause.map((producerId) => change(producerId, { paused: true })),
      ])
      context.assertOpen()
    },
    connected: () => transport?.connectionState === 'connected',
    transport: () => transport,
    close() {
      for (const producerId of held.keys()) track(producerId, null)
      held.clear()
      transport?.close()
    },
  }
}

function isGone(error: unknown): boolean {
  return error instanceof RefusedError && GONE.has(error.refusal.code)
}
