import type { types } from 'mediasoup'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { MediaTransport } from '../../shared/media.ts'
import type { Direction, Peer } from './peer.ts'
import { BITRATES } from './settings.ts'
import { mediasoupCall } from './wire.ts'

/**
 * Gives `peer` a transport in `direction`, in place of the one it may have had.
 * @throws RefusedError `media_unavailable` when the peer left meanwhile or the worker is gone
 */
export async function openTransport(router: types.Router, webRtcServer: types.WebRtcServer, peer: Peer, direction: Direction): Promise<MediaTransport> {
  peer.transports.get(direction)?.close()
  const transport = await mediasoupCall(() =>
    router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true, preferUdp: true, initialAvailableOutgoingBitrate: BITRATES.initialOutgoing }),
  )
  if (peer.closed) {
    transport.close()
    throw new RefusedError('media_unavailable')
  }
  peer.transports.set(direction, transport)
  transport.observer.once('close', () => {
    if (peer.transports.get(direction) === transport) peer.transports.delete(direction)
  })
  // A lost network is not the end (ICE restarts), a closed DTLS association is.
  transport.on('dtlsstatechange', (state) => {
    if (state === 'failed' || state === 'closed') transport.close()
  })
  await mediasoupCall(() => (direction === 'send' ? transport.setMaxIncomingBitrate(BITRATES.maxIncoming) : transport.setMaxOutgoingBitrate(BITRATES.maxOutgoing)))
  return {
    id: transport.id,
    iceParameters: transport.iceParameters,
    iceCandidates: transport.iceCandidates,
    dtlsParameters: transport.dtlsParameters,
  }
}
