import { computed, onScopeDispose, readonly, ref, shallowReactive, shallowReadonly, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { MediaAudience, MediaSource, StageMedia } from '../../shared/media.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import { useConnection } from '../net/socket.ts'
import type { Size } from './layout.ts'
import { createStageClient } from './media/client.ts'
import { readQuality } from './media/quality.ts'
import type { Quality } from './media/quality.ts'
import type { StageStatus } from './media/status.ts'
import type { Publications } from './media/types.ts'
import type { LocalMedia } from './useLocalMedia.ts'
import { wishesFor } from './media/wishes.ts'
import { usePageSeen } from './usePageSeen.ts'

export type StageOptions = {
  sessionId: string
  audience: MediaAudience
  /** Which seat to take, for who has two. */
  seat?: 'guest' | 'host'
  /** Whether to be joined now; reactive. */
  active: () => boolean
  /** What this page sends; reactive. Without it, the page only receives. */
  publications?: () => Publications
}

export type Stage = {
  status: Readonly<Ref<StageStatus>>
  /** Why it is `unavailable`, as far as the server said. */
  refusal: Readonly<Ref<Refusal | null>>
  /** Who is there, as last told; null before the first join and after the end. */
  media: Readonly<ShallowRef<StageMedia | null>>
  /** The seat under which this page publishes. */
  seatId: Readonly<Ref<string | null>>
  /** What arrives, by producer. */
  streams: ReadonlyMap<string, MediaStream>
  /** Only sound: for weak networks. */
  audioOnly: Readonly<Ref<boolean>>
  toggleAudioOnly(): void
  /** The last source that the server would not take, and why. */
  publishRefused: Readonly<Ref<{ source: MediaSource; refusal: Refusal } | null>>
  /** Says which pictures are on screen, by producer, at which size in CSS pixels. */
  show(shown: ReadonlyMap<string, Size>): void
  /** Joins again after `replaced` or `unavailable`. */
  retry(): void
  /** How well media gets through at this moment; null while nothing flows. */
  quality(): Promise<Quality | null>
}

/** Camera and microphone of who speaks on a page that otherwise watches. */
export type StageSends = Pick<LocalMedia, 'publications' | 'preview'>

/** One page's part in a session's media, from now until the component is gone. See StageStatus for what it goes through. */
export function useStage(options: StageOptions): Stage {
  const status = ref<StageStatus>('idle')
  const refusal = shallowRef<Refusal | null>(null)
  const media = shallowRef<StageMedia | null>(null)
  const seatId = ref<string | null>(null)
  const streams = shallowReactive(new Map<string, MediaStream>())
  const audioOnly = ref(false)
  const publishRefused = shallowRef<{ source: MediaSource; refusal: Refusal } | null>(null)
  const shown = shallowRef<ReadonlyMap<string, Size>>(new Map())
  const seen = usePageSeen()
  const publications = computed<Publications>(() => options.publications?.() ?? new Map())

  const client = createStageClient({
    link: useConnection(),
    sessionId: options.sessionId,
    audience: options.audience,
    seat: options.seat,
    wishes: (stage) =>
      wishesFor(stage, {
        ownSeat: options.audience === 'viewer' ? null : seatId.value,
        ownPreview: options.publications !== undefined,
        audioOnly: audioOnly.value,
        hidden: !seen.value,
        shown: shown.value,
        density: window.devicePixelRatio,
      }),
    publications: () => publications.value,
    report: {
      status(next, why) {
        status.value = next
        refusal.value = why
      },
      seat: (next) => (seatId.value = next),
      stage: (next) => (media.value = next),
      track(producerId, track) {
        if (track) streams.set(producerId, new MediaStream([track]))
        else streams.delete(producerId)
      },
      refused: (source, why) => (publishRefused.value = { source, refusal: why }),
    },
  })

  watch(options.active, (active) => (active ? client.start() : client.stop()), { immediate: true })
  watch([audioOnly, seen, shown, publications], client.update)
  onScopeDispose(client.close)

  return {
    status: readonly(status),
    refusal: shallowReadonly(refusal),
    media: shallowReadonly(media),
    seatId: readonly(seatId),
    streams,
    audioOnly: readonly(audioOnly),
    toggleAudioOnly: () => (audioOnly.value = !audioOnly.value),
    publishRefused: shallowReadonly(publishRefused),
    show: (next) => (shown.value = next),
    retry: () => options.active() && client.start(),
    async quality() {
      const room = client.room()
      return room ? readQuality(room.sender.transport(), room.receiver.transport()) : null
    },
  }
}
