import type { Device, Transport, TransportOptions } from 'mediasoup-client/types'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { IceServer } from '../../../shared/media.ts'
import type { MediaContext } from './types.ts'
import { keepConnected } from './ice.ts'

/**
 * One transport, connected on first use and kept connected: ICE is restarted when it breaks, and `context.lost` is called when that does not help.
 * @throws RefusedError
 */
export async function openTransport(context: MediaContext, device: Device, iceServers: IceServer[], direction: 'send' | 'receive'): Promise<Transport> {
  const { link, sessionId } = context
  const { iceCandidates, ...described } = await link.request('media:transport', { sessionId, direction })
  context.assertOpen()
  const options: TransportOptions = { ...described, iceCandidates: iceCandidates.map((candidate) => ({ ...candidate, ip: candidate.address })), iceServers }
  const transport = direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options)
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    link.request('media:connect', { sessionId, transportId: transport.id, dtlsParameters }).then(done, (error: unknown) => failed(asError(error)))
  })
  const stop = keepConnected({
    restart: async () => {
      const { iceParameters } = await link.request('media:restart_ice', { sessionId, transportId: transport.id })
      if (!transport.closed) await transport.restartIce({ iceParameters })
    },
    lost: context.lost,
  })
  transport.on('connectionstatechange', (state) => {
    stop.changed(state)
    context.changed()
  })
  transport.observer.once('close', stop.close)
  return transport
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new RefusedError('internal')
}
