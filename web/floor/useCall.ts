import { onScopeDispose } from 'vue'

/** Hertz and seconds from now of a call's notes. */
const NOTES = [[659.25, 0], [880, 0.18], [659.25, 0.9], [880, 1.08]] as const
const NOTE_SECONDS = 0.16
const LOUDNESS = 0.2
/** Milliseconds on, off, on. */
const SHAKE = [250, 150, 250]
const TITLE_EVERY = 1_200

function chime(): () => void {
  if (!('AudioContext' in window)) return () => undefined
  const context = new AudioContext()
  for (const [frequency, after] of NOTES) {
    const from = context.currentTime + after
    const gain = context.createGain()
    gain.gain.setValueAtTime(0, from)
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
    gain.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS)
    const note = new OscillatorNode(context, { frequency })
    note.connect(gain).connect(context.destination)
    note.start(from)
    note.stop(from + NOTE_SECONDS)
  }
  return () => void context.close().catch(() => undefined)
}

/** Calls the person to the page for as long as the component lives: by sound and shaking where the browser allows it, and by the page's title while it is in the background. */
export function useCall(title: () => string): void {
  const stop = chime()
  if ('vibrate' in navigator) navigator.vibrate(SHAKE)
  const before = document.title
  const timer = setInterval(() => (document.title = document.hidden && document.title === before ? title() : before), TITLE_EVERY)
  document.title = title()
  onScopeDispose(() => {
    clearInterval(timer)
    stop()
    document.title = before
  })
}
