import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'

type SharedScreen = { picture: MediaStreamTrack; sound: MediaStreamTrack | null }

export type Screen = {
  supported: boolean
  shared: Readonly<ShallowRef<SharedScreen | null>>
  /** True after the browser or the system refused; a person who only closed the dialog is not told anything. */
  failed: Readonly<Ref<boolean>>
  start(): Promise<void>
  stop(): void
}

/** A shared screen or window, with its sound where the browser gives it. Ends also by the browser's own button. */
export function useScreen(): Screen {
  const shared = shallowRef<SharedScreen | null>(null)
  const failed = ref(false)
  let disposed = false

  async function start() {
    failed.value = false
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
      const [picture] = stream.getVideoTracks()
      if (!picture || disposed) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      stop()
      // Text must stay sharp; fewer frames are the better loss.
      picture.contentHint = 'detail'
      picture.addEventListener('ended', () => shared.value?.picture === picture && stop())
      shared.value = { picture, sound: stream.getAudioTracks()[0] ?? null }
    } catch (error) {
      failed.value = !(error instanceof DOMException && error.name === 'NotAllowedError' && !/system/i.test(error.message))
    }
  }

  function stop() {
    shared.value?.picture.stop()
    shared.value?.sound?.stop()
    shared.value = null
  }

  onScopeDispose(() => {
    disposed = true
    stop()
  })
  return { supported: 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices, shared, failed, start, stop }
}
