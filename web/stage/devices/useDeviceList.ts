import { useEventListener } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { hasDevices } from './capture.ts'

export type DeviceChoice = { id: string; label: string }
export type DeviceList = { cameras: ComputedRef<DeviceChoice[]>; microphones: ComputedRef<DeviceChoice[]>; speakers: ComputedRef<DeviceChoice[]> }

/** What can be chosen, kept up to date while things are plugged in and out. Names are known only after a permission, so `refreshOn` says when to look again. */
export function useDeviceList(refreshOn: () => unknown): DeviceList {
  const all = shallowRef<MediaDeviceInfo[]>([])

  async function refresh() {
    if (!hasDevices()) return
    try {
      all.value = await navigator.mediaDevices.enumerateDevices()
    } catch {
      // A browser that keeps its list to itself leaves the choice to its own dialog.
    }
  }
  if (hasDevices()) useEventListener(navigator.mediaDevices, 'devicechange', () => void refresh())
  watch(refreshOn, refresh, { immediate: true })

  const of = (kind: MediaDeviceKind) => computed(() => all.value.filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '').map(({ deviceId, label }) => ({ id: deviceId, label })))
  return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') }
}
