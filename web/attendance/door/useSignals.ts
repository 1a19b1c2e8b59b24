import { onScopeDispose } from 'vue'
import type { ResultTone } from './result.ts'

/** Hertz, and milliseconds from the start. */
const TONES: Record<ResultTone, readonly (readonly [number, number])[]> = { good: [[880, 0], [1_320, 110]], careful: [[660, 0], [660, 180]], bad: [[220, 0], [180, 160]] }
const BUZZ: Record<ResultTone, number[]> = { good: [60], careful: [60, 60, 60], bad: [250] }
const LENGTH = 0.1
const VOLUME = 0.25

/** Tells whoever looks at the person and not at the screen. `unlock` belongs to a press: browsers are silent before one. */
export function useSignals() {
  let context: AudioContext | null = null
  onScopeDispose(() => void context?.close())

  return {
    unlock() {
      context ??= 'AudioContext' in window ? new AudioContext() : null
      void context?.resume().catch(() => undefined)
    },
    signal(tone: ResultTone) {
      navigator.vibrate?.(BUZZ[tone])
      if (context?.state !== 'running') return
      for (const [frequency, after] of TONES[tone]) {
        const [oscillator, gain] = [context.createOscillator(), context.createGain()]
        const from = context.currentTime + after / 1_000
        oscillator.frequency.value = frequency
        gain.gain.setValueAtTime(VOLUME, from)
        gain.gain.exponentialRampToValueAtTime(0.001, from + LENGTH)
        oscillator.connect(gain).connect(context.destination)
        oscillator.start(from)
        oscillator.stop(from + LENGTH)
      }
    },
  }
}
