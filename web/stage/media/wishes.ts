import type { MediaSource, StageMedia } from '../../../shared/media.ts'
import type { Size } from '../layout.ts'
import { spatialLayer } from './layers.ts'

/** One stream that this page wants. `layer` is null for sound. */
export type Wish = { producerId: string; seatId: string; source: MediaSource; paused: boolean; layer: 0 | 1 | 2 | null }

export type Wanting = {
  /** The seat of this very person when they are backstage or have the floor: their own voice would come back as an echo. */
  ownSeat: string | null
  /** Their own pictures are shown straight from the camera. */
  ownPreview: boolean
  audioOnly: boolean
  /** The page cannot be seen. */
  hidden: boolean
  /** Sizes at which pictures are shown now, by producer, in CSS pixels; a picture without one is not on screen (yet). */
  shown: ReadonlyMap<string, Size>
  density: number
}

function isPicture(source: MediaSource): source is 'camera' | 'screen' {
  return source === 'camera' || source === 'screen'
}

/** What to receive of `stage`: every voice, and the pictures unless only sound is wanted. Pictures that nobody can see are kept, paused. */
export function wishesFor(stage: StageMedia, wanting: Wanting): Wish[] {
  const wishes: Wish[] = []
  for (const peer of stage.peers) {
    const own = peer.seatId === wanting.ownSeat
    for (const { id, source } of peer.producers) {
      if (own && (wanting.ownPreview || !isPicture(source))) continue
      const common = { producerId: id, seatId: peer.seatId, source }
      if (!isPicture(source)) wishes.push({ ...common, paused: false, layer: null })
      else if (!wanting.audioOnly) {
        const size = wanting.shown.get(id)
        wishes.push({ ...common, paused: wanting.hidden || !size, layer: size ? spatialLayer(size, wanting.density, source) : 0 })
      }
    }
  }
  return wishes
}

/** How a consumer stands now. */
export type Held = { paused: boolean; layer: number | null }

export type ConsumerSteps = { close: string[]; open: Wish[]; layers: Wish[]; resume: string[]; pause: string[] }

/** The steps that bring what is held to what is wished. Nothing to do when they agree; consumers to be opened start paused and are settled by the next call. */
export function consumerSteps(held: ReadonlyMap<string, Held>, wishes: readonly Wish[]): ConsumerSteps {
  const steps: ConsumerSteps = { close: [], open: [], layers: [], resume: [], pause: [] }
  const wished = new Set(wishes.map((wish) => wish.producerId))
  for (const producerId of held.keys()) if (!wished.has(producerId)) steps.close.push(producerId)
  for (const wish of wishes) {
    const now = held.get(wish.producerId)
    if (!now) steps.open.push(wish)
    else {
      if (wish.layer !== null && !wish.paused && wish.layer !== now.layer) steps.layers.push(wish)
      if (now.paused && !wish.paused) steps.resume.push(wish.producerId)
      if (!now.paused && wish.paused) steps.pause.push(wish.producerId)
    }
  }
  return steps
}
