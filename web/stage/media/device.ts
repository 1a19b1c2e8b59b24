import type { Device } from 'mediasoup-client/types'
import type { RtpCapabilities } from '../../../shared/rtp.ts'

/** With this extension a phone's rotation would arrive as a hint that recordings and some browsers ignore; without it the sender turns the picture itself. */
const ORIENTATION = 'urn:3gpp:video-orientation'

/** Fetches the media library, which is kept out of the page until media starts. */
export function fetchMediaLibrary(): Promise<typeof import('mediasoup-client')> {
  return import('mediasoup-client')
}

/**
 * A device that speaks what the router speaks.
 * @throws UnsupportedError (mediasoup-client) when this browser cannot do WebRTC
 */
export async function loadDevice(capabilities: RtpCapabilities): Promise<Device> {
  const { Device: MediaDevice } = await fetchMediaLibrary()
  const device = await MediaDevice.factory()
  const headerExtensions = capabilities.headerExtensions?.filter((extension) => extension.uri !== ORIENTATION)
  await device.load({ routerRtpCapabilities: toLibrary({ ...capabilities, headerExtensions }) })
  return device
}

type LibraryCapabilities = Parameters<Device['load']>[0]['routerRtpCapabilities']

/** The same capabilities in the library's narrower type: the router always says its payload types. */
function toLibrary({ codecs = [], headerExtensions = [] }: RtpCapabilities): LibraryCapabilities {
  return {
    codecs: codecs.flatMap((codec) => (codec.preferredPayloadType === undefined ? [] : [{ ...codec, preferredPayloadType: codec.preferredPayloadType }])),
    headerExtensions: headerExtensions as LibraryCapabilities['headerExtensions'],
  }
}
