import { useLocalStorage } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { openDevice, permission } from './capture.ts'
import type { DeviceKind, Outcome } from './capture.ts'
import type { DeviceProblem } from './problems.ts'

export type Capture = {
  kind: DeviceKind
  track: Readonly<ShallowRef<MediaStreamTrack | null>>
  problem: Readonly<Ref<DeviceProblem | null>>
  opening: Readonly<Ref<boolean>>
  /** The device in use, or remembered from last time; '' before the first. */
  deviceId: Readonly<Ref<string>>
  /** Opens the remembered device, or `id`. */
  open(id?: string): Promise<void>
  /** Takes what was opened together with another device. */
  adopt(outcome: Outcome): void
  /** Lets the device go; its light goes out. */
  release(): void
}

/** One camera or microphone, from opening to letting go. Tells when it is unplugged, and opens by itself once a refused permission is given. */
export function useCapture(kind: DeviceKind): Capture {
  const track = shallowRef<MediaStreamTrack | null>(null)
  const problem = ref<DeviceProblem | null>(null)
  const opening = ref(false)
  const deviceId = useLocalStorage(`fangtan.${kind}`, '')
  let turn = 0
  let disposed = false

  function adopt(outcome: Outcome) {
    if (disposed) {
      outcome.track?.stop()
      return
    }
    release()
    problem.value = outcome.problem
    const next = outcome.track
    if (!next) return
    track.value = next
    deviceId.value = next.getSettings().deviceId ?? deviceId.value
    // Not fired by our own `stop`.
    next.addEventListener('ended', () => {
      if (track.value !== next) return
      track.value = null
      problem.value = 'ended'
    })
  }

  async function open(id?: string) {
    const mine = ++turn
    opening.value = true
    // Phones and some cameras cannot be opened twice, not even to change over.
    if (id !== undefined && kind === 'camera') track.value?.stop()
    const outcome = await openDevice(kind, { id: id ?? deviceId.value, exact: id !== undefined })
    if (mine !== turn) {
      outcome.track?.stop()
      return
    }
    opening.value = false
    adopt(outcome)
  }

  function release() {
    turn += 1
    opening.value = false
    track.value?.stop()
    track.value = null
  }

  let watched: PermissionStatus | null = null
  const allowed = () => {
    if (watched?.state === 'granted' && problem.value === 'denied') void open()
  }
  void permission(kind).then((status) => {
    if (disposed) return
    watched = status
    status?.addEventListener('change', allowed)
  })

  onScopeDispose(() => {
    disposed = true
    watched?.removeEventListener('change', allowed)
    release()
  })
  return { kind, track, problem, opening, deviceId, open, adopt, release }
}
