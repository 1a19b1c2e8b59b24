import type { MediaJoined } from '../../../shared/media.ts'
import { loadDevice } from './device.ts'
import { createReceiver } from './receiver.ts'
import type { Receiver } from './receiver.ts'
import { createSender } from './sender.ts'
import type { Sender } from './sender.ts'
import { RoomClosed } from './types.ts'
import type { MediaContext, MediaLink, PublishRefused } from './types.ts'

/** One joining of one session's media: lives until it is lost, left or replaced, and is never revived. */
export type Room = { generation: string; receiver: Receiver; sender: Sender; close(): void }

export type RoomListeners = {
  track(producerId: string, track: MediaStreamTrack | null): void
  refused: PublishRefused
  lost(): void
  changed(): void
}

/** What `media:join` answered, made usable. @throws UnsupportedError when this browser has no WebRTC */
export async function openRoom(link: MediaLink, sessionId: string, joined: MediaJoined, listeners: RoomListeners): Promise<Room> {
  const device = await loadDevice(joined.routerRtpCapabilities)
  let open = true
  const ifOpen = (act: () => void) => () => {
    if (open) act()
  }
  const context: MediaContext = {
    link,
    sessionId,
    lost: ifOpen(listeners.lost),
    changed: ifOpen(listeners.changed),
    assertOpen() {
      if (!open) throw new RoomClosed()
    },
  }
  const receiver = createReceiver(context, device, joined.iceServers, listeners.track)
  const sender = createSender(context, device, joined.iceServers, listeners.refused)
  return {
    generation: joined.stage.generation,
    receiver,
    sender,
    close() {
      if (!open) return
      open = false
      receiver.close()
      sender.close()
    },
  }
}
