import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import workerUrl from './scanWorker.ts?worker&url'

/** The script that reads codes, as a path: what must be kept for opening without a network. */
export const SCAN_WORKER = workerUrl

/** Longer side of the picture that is read, in pixels: a code that fills a third of it is read well, and a phone is not kept busy. */
const READ_SIDE = 720
/** Milliseconds between two pictures, at least. */
const PAUSE = 120
/** The same code is no news while it is held there, and for this long after, in milliseconds. */
const SAME = 3_000

export type ScannerState = 'off' | 'starting' | 'on' | 'denied' | 'missing' | 'insecure' | 'failed'

function troubleOf(error: unknown): ScannerState {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed'
}

/** Reads QR codes from a camera, the one on the back where there is one. `onText` hears each code once while it is held there. */
export function useScanner(video: Readonly<ShallowRef<HTMLVideoElement | null>>, onText: (text: string) => void) {
  const state = ref<ScannerState>(window.isSecureContext && 'mediaDevices' in navigator ? 'off' : 'insecure')
  const cameras = shallowRef<readonly MediaDeviceInfo[]>([])
  const stream = shallowRef<MediaStream | null>(null)
  /** null: this camera has no light. */
  const light = ref<boolean | null>(null)
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  let worker: Worker | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  let last = { text: '', at: 0 }

  function heard({ data: text }: MessageEvent<string | null>) {
    if (text !== null) {
      const now = performance.now()
      if (text !== last.text || now - last.at > SAME) onText(text)
      last = { text, at: now }
    }
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE)
  }

  function look() {
    const element = video.value
    if (!stream.value || !worker || !pen) return
    const { videoWidth = 0, videoHeight = 0 } = element ?? {}
    if (!element || videoWidth === 0 || document.hidden) {
      timer = setTimeout(look, PAUSE)
      return
    }
    const scale = Math.min(1, READ_SIDE / Math.max(videoWidth, videoHeight))
    canvas.width = Math.round(videoWidth * scale)
    canvas.height = Math.round(videoHeight * scale)
    pen.drawImage(element, 0, 0, canvas.width, canvas.height)
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height)
    worker.postMessage(picture, [picture.data.buffer])
  }

  function stop() {
    turn++
    clearTimeout(timer)
    stream.value?.getTracks().forEach((track) => track.stop())
    stream.value = null
    light.value = null
    worker?.terminate()
    worker = null
    if (state.value !== 'insecure') state.value = 'off'
  }

  async function start(deviceId?: string) {
    if (state.value === 'insecure') return
    stop()
    const mine = turn
    state.value = 'starting'
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'environment' }), width: { ideal: 1_280 }, height: { ideal: 720 } } })
      if (mine !== turn) return opened.getTracks().forEach((track) => track.stop())
      stream.value = opened
      const [track] = opened.getVideoTracks()
      // Pulled out, or taken by another program.
      track?.addEventListener('ended', () => mine === turn && (stop(), (state.value = 'failed')))
      light.value = track && 'torch' in track.getCapabilities() ? false : null
      worker = new Worker(workerUrl, { type: 'module' })
      worker.addEventListener('message', heard)
      state.value = 'on'
      look()
      const devices = await navigator.mediaDevices.enumerateDevices()
      if (mine === turn) cameras.value = devices.filter(({ kind }) => kind === 'videoinput')
    } catch (thrown) {
      if (mine !== turn) return
      stop()
      state.value = troubleOf(thrown)
    }
  }

  watch([video, stream], ([element, now]) => {
    if (element) element.srcObject = now
  })
  onScopeDispose(stop)

  return {
    state,
    cameras,
    light,
    start,
    stop,
    async next() {
      const current = stream.value?.getVideoTracks()[0]?.getSettings().deviceId
      const index = cameras.value.findIndex(({ deviceId }) => deviceId === current)
      await start(cameras.value[(index + 1) % cameras.value.length]?.deviceId)
    },
    async shine(on: boolean) {
      const constraint: MediaTrackConstraintSet & { torch: boolean } = { torch: on }
      await stream.value?.getVideoTracks()[0]?.applyConstraints({ advanced: [constraint] }).then(
        () => (light.value = on),
        () => (light.value = null),
      )
    },
  }
}
