import type { StageMedia, StagePeer } from '../../shared/media.ts'
import type { TileShape } from './layout.ts'

/** One picture on the stage: a person, or a screen that a person shares. */
export type StageTile = TileShape & {
  key: string
  peer: StagePeer
  /** What to show; null while the camera is off. */
  producerId: string | null
  /** False also for somebody without a microphone. */
  microphoneOn: boolean
}

/** Neither seen nor heard, and not on air: a host at the desk, say. */
const onlyListens = (peer: StagePeer) => !peer.onAir && peer.producers.length === 0

/** Who is there without a tile: people who only listen, as long as there is somebody to listen to. */
export function listeners(stage: StageMedia | null): StagePeer[] {
  const peers = stage?.peers ?? []
  return peers.every(onlyListens) ? [] : peers.filter(onlyListens)
}

/** The tiles of `stage`, in the server's order: each person, followed by the screen they share. */
export function stageTiles(stage: StageMedia | null): StageTile[] {
  const without = new Set(listeners(stage))
  return (stage?.peers ?? []).filter((peer) => !without.has(peer)).flatMap((peer) => {
    const on = (source: string) => peer.producers.find((producer) => producer.source === source && !producer.paused)
    const tile = (kind: 'camera' | 'screen', producerId: string | null): StageTile => ({
      key: `${peer.seatId}/${kind}`,
      seatId: peer.seatId,
      kind,
      peer,
      producerId,
      microphoneOn: on('microphone') !== undefined,
    })
    const screen = on('screen')
    return [tile('camera', on('camera')?.id ?? null), ...(screen ? [tile('screen', screen.id)] : [])]
  })
}

/** Producers of sound in `stage`. */
export function soundProducers(stage: StageMedia | null): string[] {
  return (stage?.peers ?? []).flatMap((peer) => peer.producers.filter(({ source }) => source === 'microphone' || source === 'screen_audio').map(({ id }) => id))
}

/** What stands for a face without a picture: the family name of a Chinese name, else up to two initials. */
export function initials(name: string): string {
  const trimmed = name.trim()
  if (/^\p{Script=Han}/u.test(trimmed)) return [...trimmed][0] ?? ''
  const words = trimmed.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}
