import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'

/** Safari and Firefox may lack the choice of a loudspeaker. */
type Sink = HTMLMediaElement & { setSinkId?: (id: string) => Promise<void> }

export type Sound = {
  /** 0 to 1; what is heard is nothing while `muted`. */
  volume: Readonly<Ref<number>>
  muted: Readonly<Ref<boolean>>
  /** Also mutes at 0, and unmutes above it. */
  setVolume(volume: number): void
  /** Unmuting never stays silent: from volume 0 it goes to full. */
  mute(muted: boolean): void
  /** The browser refuses to play before the person has touched the page. */
  blocked: Readonly<Ref<boolean>>
  /** Plays an element now and keeps it in step until the returned undo is called. */
  play(element: HTMLMediaElement): () => void
  /** To be called in the person's click: plays everything that was refused. */
  unblock(): void
}

/** The loudspeaker of one page: one volume for all that is heard. `outputId`: which loudspeaker, '' for the system's. Never starts silent to get around a refusal. */
export function useSound(startMuted: boolean, outputId: () => string = () => ''): Sound {
  const volume = ref(1)
  const muted = ref(startMuted)
  const blocked = ref(false)
  const elements = new Set<HTMLMediaElement>()

  function follow(element: Sink) {
    if (!(element instanceof HTMLAudioElement)) return
    element.volume = volume.value
    element.muted = muted.value
  }
  function route(element: Sink) {
    if (!(element instanceof HTMLAudioElement)) return
    // A loudspeaker that was unplugged: the browser stays with the system's.
    element.setSinkId?.(outputId()).catch(() => undefined)
  }
  async function start(element: HTMLMediaElement) {
    try {
      await element.play()
    } catch (error) {
      // AbortError only says that another stream was set meanwhile; it starts by itself.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && elements.has(element)) blocked.value = true
    }
  }

  function setVolume(next: number) {
    volume.value = next
    muted.value = next === 0
  }

  watch([volume, muted], () => elements.forEach(follow))
  watch(outputId, () => elements.forEach(route))
  onScopeDispose(() => elements.clear())

  return {
    volume,
    muted,
    blocked,
    setVolume,
    mute(now) {
      if (now) muted.value = true
      else setVolume(volume.value || 1)
    },
    play(element) {
      elements.add(element)
      follow(element)
      if (outputId() !== '') route(element)
      void start(element)
      return () => elements.delete(element)
    },
    unblock() {
      blocked.value = false
      for (const element of elements) void start(element)
    },
  }
}
