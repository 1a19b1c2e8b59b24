/// <reference lib="dom" />
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { StageMedia } from '../../../shared/media.ts'
import { RefusedError } from '../../../shared/protocol/errors.ts'
import type { Ack } from '../../../shared/protocol/errors.ts'
import type { ClientEvents, ServerEvents } from '../../../shared/protocol/events.ts'
import { PROTOCOL_VERSION } from '../../../shared/protocol/version.ts'
import { createStageClient } from '../../../web/stage/media/client.ts'
import type { MediaLink, Publications } from '../../../web/stage/media/types.ts'
import type { Wish } from '../../../web/stage/media/wishes.ts'

/** Runs in the browser, against Fangtan or the bare worker alike: the product's own media client, over a line of its own for each viewer. */
function openLink(): MediaLink {
  const socket: Socket<ServerEvents, ClientEvents> = io({ transports: ['websocket'], auth: { protocol: PROTOCOL_VERSION }, forceNew: true })
  return {
    async request(event, payload) {
      const answer = await (socket as unknown as { emitWithAck: (event: string, payload: unknown) => Promise<Ack<never>> }).emitWithAck(event, payload)
      if (!answer.ok) throw new RefusedError(answer.error.code, answer.error)
      return answer.data
    },
    on(event, listener) {
      socket.on(event, listener as never)
      return () => void socket.off(event, listener as never)
    },
    onReconnect: () => () => undefined,
  }
}

const everything = (stage: StageMedia): Wish[] =>
  stage.peers.flatMap((peer) => peer.producers.map(({ id, source }) => ({ producerId: id, seatId: peer.seatId, source, paused: false, layer: source === 'camera' ? 2 : null })))

type Report = Parameters<typeof createStageClient>[0]['report']
const quiet: Report = { status: () => undefined, seat: () => undefined, stage: () => undefined, track: () => undefined, refused: () => undefined }

/** Publishes a made-up 720p camera and microphone. */
export async function publish(sessionId: string): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 1280, height: 720, frameRate: 25 } })
  const publications: Publications = new Map([
    ['camera', { track: stream.getVideoTracks()[0] ?? null, paused: false }],
    ['microphone', { track: stream.getAudioTracks()[0] ?? null, paused: false }],
  ])
  createStageClient({ link: openLink(), sessionId, audience: 'backstage', seat: 'guest', wishes: () => [], publications: () => publications, report: quiet }).start()
}

const videos: HTMLVideoElement[] = []

/** Adds `count` viewers, each with a picture that is played. */
export function watch(sessionId: string, count: number): void {
  for (let viewer = 0; viewer < count; viewer++) {
    const report: Report = {
      ...quiet,
      track(_producerId, track) {
        if (track?.kind !== 'video') return
        const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, srcObject: new MediaStream([track]), width: 160 })
        document.body.append(video)
        videos.push(video)
      },
    }
    createStageClient({ link: openLink(), sessionId, audience: 'viewer', wishes: everything, publications: () => new Map(), report }).start()
  }
}

/** How many pictures are at least `width` pixels wide, and the frames that all of them have shown together. */
export function shown(width: number): { wide: number; frames: number } {
  return {
    wide: videos.filter((video) => video.videoWidth >= width).length,
    frames: videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0),
  }
}
