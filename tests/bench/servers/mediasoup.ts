import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWorker } from 'mediasoup'
import type { types } from 'mediasoup'
import { Server } from 'socket.io'
import type { Socket } from 'socket.io'
import { BITRATES, CODECS, MEDIA_TIMES } from '../../../server/media/settings.ts'
import type { Ack } from '../../../shared/protocol/errors.ts'
import type { StageMedia } from '../../../shared/media.ts'
import type { ClientEvents, ServerEvents } from '../../../shared/protocol/events.ts'

/** The bare worker: one router, everybody may publish and sees everything, and nothing is asked, checked, stored or kept up. The same settings as the product's. */
type Requests = { [E in keyof ClientEvents]?: (payload: Parameters<ClientEvents[E]>[0]) => Promise<Parameters<Parameters<ClientEvents[E]>[1]>[0]> }

const SEAT = '00000000-0000-4000-8000-000000000000'
const workerBin = process.env['MEDIASOUP_WORKER_BIN']
const worker = await createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) })
const webRtcServer = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }, { protocol: 'tcp', ip: '127.0.0.1' }] })
const router = await worker.createRouter({ mediaCodecs: CODECS })
const producers: { id: string; source: 'camera' | 'microphone'; paused: boolean }[] = []

const http = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>bench</title>'))
const io = new Server<ClientEvents, ServerEvents>(http)
const ok = <T>(data: T): Ack<T> => ({ ok: true, data })
const stage = (): StageMedia => ({
  generation: 'bare',
  version: producers.length,
  speaker: null,
  peers: [{ seatId: SEAT, role: 'guest', name: '', post: '', department: '', onAir: true, muted: false, producers }],
})

function serve(socket: Socket<ClientEvents, ServerEvents>): void {
  const transports = new Map<string, types.WebRtcTransport>()
  const consumers = new Map<string, types.Consumer>()
  const transportOf = (id: string): types.WebRtcTransport => {
    const transport = transports.get(id)
    if (!transport) throw new Error('no such transport')
    return transport
  }
  const requests: Requests = {
    'media:join': async () => ok({ seatId: SEAT, stage: stage(), routerRtpCapabilities: router.rtpCapabilities as never, iceServers: [] }),
    'media:transport': async () => {
      const transport = await router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true, preferUdp: true, initialAvailableOutgoingBitrate: BITRATES.initialOutgoing })
      transports.set(transport.id, transport)
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport
      return ok({ id, iceParameters, iceCandidates, dtlsParameters: dtlsParameters as never })
    },
    'media:connect': async ({ transportId, dtlsParameters }) => (await transportOf(transportId).connect({ dtlsParameters }), ok(null)),
    'media:produce': async ({ transportId, source, rtpParameters }) => {
      const producer = await transportOf(transportId).produce({
        kind: source === 'camera' ? 'video' : 'audio',
        rtpParameters: rtpParameters as types.RtpParameters,
        keyFrameRequestDelay: MEDIA_TIMES.keyFrameRequestDelay,
      })
      if (source === 'camera' || source === 'microphone') producers.push({ id: producer.id, source, paused: false })
      io.emit('media:stage', { sessionId: 'bare', stage: stage() })
      return ok({ producerId: producer.id })
    },
    'media:consume': async ({ transportId, producerId, rtpCapabilities }) => {
      const consumer = await transportOf(transportId).consume({ producerId, rtpCapabilities: rtpCapabilities as types.RtpCapabilities, paused: true })
      consumers.set(consumer.id, consumer)
      return ok({ id: consumer.id, producerId, kind: consumer.kind, rtpParameters: consumer.rtpParameters as never, producerPaused: false })
    },
    'media:consumer': async (act) => {
      const consumer = consumers.get(act.consumerId)
      if (act.action === 'resume') await consumer?.resume()
      else if (act.action === 'layers') await consumer?.setPreferredLayers({ spatialLayer: act.spatialLayer })
      return ok(null)
    },
  }
  for (const [event, answer] of Object.entries(requests)) {
    socket.on(event as 'media:leave', (payload, ack) => {
      ;(answer as (payload: unknown) => Promise<Ack<null>>)(payload).then(ack, () => ack({ ok: false, error: { code: 'internal' } }))
    })
  }
}

io.on('connection', serve)
http.listen(0, '127.0.0.1', () => void process.stdout.write(`listening ${(http.address() as AddressInfo).port}\n`))

// mediasoup listens for this signal to close its worker, and a signal that is listened to no longer ends the process by itself.
process.once('SIGTERM', () => process.exit(0))
