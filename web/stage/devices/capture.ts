import { CAMERA_SIZE } from '../media/layers.ts'
import { problemOf } from './problems.ts'
import type { DeviceProblem } from './problems.ts'

export type DeviceKind = 'camera' | 'microphone'
export type Outcome = { track: MediaStreamTrack; problem: null } | { track: null; problem: DeviceProblem }

/** `id`: the device remembered or chosen, '' for the browser's choice. `exact`: that one or none. */
export type Wanted = { id: string; exact: boolean }

/** Pages without https have no devices at all. */
export function hasDevices(): boolean {
  return 'mediaDevices' in navigator
}

function constraints(kind: DeviceKind, { id, exact }: Wanted): MediaTrackConstraints {
  const device = id === '' ? {} : { deviceId: exact ? { exact: id } : { ideal: id } }
  if (kind === 'microphone') return { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  return { ...device, width: { ideal: CAMERA_SIZE.width }, height: { ideal: CAMERA_SIZE.height }, frameRate: { ideal: CAMERA_SIZE.frameRate } }
}

/** Opens one device; asks the person when the browser wants that. Never rejects. */
export async function openDevice(kind: DeviceKind, wanted: Wanted): Promise<Outcome> {
  try {
    const asked = constraints(kind, wanted)
    const stream = await navigator.mediaDevices.getUserMedia(kind === 'camera' ? { video: asked } : { audio: asked })
    return outcome(stream.getTracks()[0])
  } catch (error) {
    return { track: null, problem: problemOf(error, hasDevices()) }
  }
}

/** Opens both with one question to the person. Where one of them cannot be had, the other is opened alone. Never rejects. */
export async function openBoth(wanted: Record<DeviceKind, Wanted>): Promise<Record<DeviceKind, Outcome>> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: constraints('camera', wanted.camera), audio: constraints('microphone', wanted.microphone) })
    return { camera: outcome(stream.getVideoTracks()[0]), microphone: outcome(stream.getAudioTracks()[0]) }
  } catch (error) {
    const problem = problemOf(error, hasDevices())
    // Asking again for what was just refused would only annoy, unless the refusal concerns one of the two.
    const askAlone = problem === 'missing' || problem === 'busy' || (problem === 'denied' && (await deniedCount()) === 1)
    if (!askAlone) return { camera: { track: null, problem }, microphone: { track: null, problem } }
    return { camera: await openDevice('camera', wanted.camera), microphone: await openDevice('microphone', wanted.microphone) }
  }
}

function outcome(track: MediaStreamTrack | undefined): Outcome {
  return track ? { track, problem: null } : { track: null, problem: 'missing' }
}

async function deniedCount(): Promise<number> {
  const states = await Promise.all([permission('camera'), permission('microphone')])
  return states.filter((status) => status?.state === 'denied').length
}

/** The browser's permission for one kind of device, live; null where the browser does not tell. */
export async function permission(kind: DeviceKind): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: kind })
  } catch {
    return null
  }
}
