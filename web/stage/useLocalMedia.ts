import { useLocalStorage, useSessionStorage } from '@vueuse/core'
import { computed, shallowRef, watch, watchEffect } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { MediaSource } from '../../shared/media.ts'
import { openBoth } from './devices/capture.ts'
import { useCapture } from './devices/useCapture.ts'
import type { Capture } from './devices/useCapture.ts'
import { useDeviceList } from './devices/useDeviceList.ts'
import type { DeviceList } from './devices/useDeviceList.ts'
import { useScreen } from './devices/useScreen.ts'
import type { Screen } from './devices/useScreen.ts'
import type { Publication, Publications } from './media/types.ts'

export type LocalMedia = {
  camera: Capture
  microphone: Capture
  screen: Screen
  devices: DeviceList
  /** The chosen loudspeaker, '' for the system's. */
  speakerId: Readonly<Ref<string>>
  chooseSpeaker(id: string): void
  /** What the person wants, whether or not the device can be had; kept over a reload, so that nobody is unmuted by one. */
  cameraOn: Readonly<Ref<boolean>>
  microphoneOn: Readonly<Ref<boolean>>
  /** The own picture, or null while the camera is off. */
  preview: ComputedRef<MediaStream | null>
  /** Everything that is to be sent. */
  publications: ComputedRef<Publications>
  /** Opens what is wanted, with one question to the person. */
  start(): Promise<void>
  toggleCamera(): Promise<void>
  toggleMicrophone(): Promise<void>
  /** Lets everything go. */
  release(): void
}

/** This person's camera, microphone and screen. `sessionId` only keeps what is remembered apart. */
export function useLocalMedia(sessionId: string): LocalMedia {
  const camera = useCapture('camera')
  const microphone = useCapture('microphone')
  const screen = useScreen()
  const speakerId = useLocalStorage('fangtan.speaker', '')
  const cameraOn = useSessionStorage(`fangtan.stage.${sessionId}.camera`, true)
  const microphoneOn = useSessionStorage(`fangtan.stage.${sessionId}.microphone`, true)
  const devices = useDeviceList(() => [camera.track.value, microphone.track.value])

  const preview = shallowPreview(() => camera.track.value)
  const publications = computed(() => {
    const all = new Map<MediaSource, Publication>([
      ['camera', { track: camera.track.value, paused: !cameraOn.value }],
      ['microphone', { track: microphone.track.value, paused: !microphoneOn.value }],
    ])
    const shared = screen.shared.value
    if (shared) all.set('screen', { track: shared.picture, paused: false })
    if (shared?.sound) all.set('screen_audio', { track: shared.sound, paused: false })
    return all
  })
  watchEffect(() => {
    if (microphone.track.value) microphone.track.value.enabled = microphoneOn.value
  })

  async function start() {
    if (cameraOn.value) {
      const ideal = (capture: Capture) => ({ id: capture.deviceId.value, exact: false })
      const opened = await openBoth({ camera: ideal(camera), microphone: ideal(microphone) })
      camera.adopt(opened.camera)
      microphone.adopt(opened.microphone)
    } else await microphone.open()
  }

  return {
    camera,
    microphone,
    screen,
    devices,
    speakerId,
    chooseSpeaker: (id) => (speakerId.value = id),
    cameraOn,
    microphoneOn,
    preview,
    publications,
    start,
    async toggleCamera() {
      cameraOn.value = camera.track.value === null
      if (cameraOn.value) await camera.open()
      else camera.release()
    },
    async toggleMicrophone() {
      microphoneOn.value = microphone.track.value === null || !microphoneOn.value
      if (microphone.track.value === null) await microphone.open()
    },
    release() {
      camera.release()
      microphone.release()
      screen.stop()
    },
  }
}

/** A stream of `track`, the same one as long as the track is: a video element starts anew with each stream. */
function shallowPreview(track: () => MediaStreamTrack | null): ComputedRef<MediaStream | null> {
  const stream = shallowRef<MediaStream | null>(null)
  watch(track, (next) => (stream.value = next ? new MediaStream([next]) : null), { immediate: true })
  return computed(() => stream.value)
}
