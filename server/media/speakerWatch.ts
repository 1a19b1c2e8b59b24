import type { types } from 'mediasoup'
import type { MediaAudience } from '../../shared/media.ts'
import { MEDIA_TIMES, SPEECH_THRESHOLD } from './settings.ts'
import { NOBODY, nextSpeaker } from './speaker.ts'
import type { SpeakerState } from './speaker.ts'

/** More microphones than a stage has seats. */
const ENTRIES_MAX = 32

export type SpeakerWatch = {
  /** Seat of the one who speaks, as `audience` is told. */
  current: (audience: MediaAudience) => string | null
  /** Listens to a microphone until it closes. */
  listen: (producer: types.Producer) => Promise<void>
}

export const AUDIENCES: readonly MediaAudience[] = ['viewer', 'backstage', 'floor']

/**
 * Finds the speaker for each audience, among the seats it may see.
 * @param seatOf seat of a microphone, null when it is gone
 * @param visible seats that the audience may see
 */
export async function watchSpeaker(
  router: types.Router,
  seatOf: (producerId: string) => string | null,
  visible: (audience: MediaAudience) => ReadonlySet<string>,
  changed: (audience: MediaAudience, before: string | null, now: string | null) => void,
): Promise<SpeakerWatch> {
  const observer = await router.createAudioLevelObserver({ maxEntries: ENTRIES_MAX, threshold: SPEECH_THRESHOLD, interval: MEDIA_TIMES.audioLevelInterval })
  const states: Record<MediaAudience, SpeakerState> = { viewer: NOBODY, backstage: NOBODY, floor: NOBODY }
  let loud: { seatId: string; volume: number }[] = []

  function measure(): void {
    for (const audience of AUDIENCES) {
      const before = states[audience].seatId
      states[audience] = nextSpeaker(states[audience], loud, visible(audience), Date.now())
      const now = states[audience].seatId
      if (now !== before) changed(audience, before, now)
    }
  }

  // Silence is reported once; the pause after which nobody counts as speaking is measured on.
  const timer = setInterval(() => {
    if (loud.length === 0 && AUDIENCES.some((audience) => states[audience].seatId !== null)) measure()
  }, MEDIA_TIMES.audioLevelInterval)
  timer.unref()
  observer.on('volumes', (volumes) => {
    loud = volumes.flatMap(({ producer, volume }) => {
      const seatId = seatOf(producer.id)
      return seatId === null ? [] : [{ seatId, volume }]
    })
    measure()
  })
  observer.on('silence', () => {
    loud = []
    measure()
  })
  observer.observer.once('close', () => clearInterval(timer))

  return {
    current: (audience) => {
      const { seatId } = states[audience]
      return seatId !== null && visible(audience).has(seatId) ? seatId : null
    },
    listen: (producer) => observer.addProducer({ producerId: producer.id }),
  }
}
