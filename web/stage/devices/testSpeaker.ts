/** Two notes, in hertz, half a second each. */
const NOTES = [523.25, 659.25]
const NOTE_SECONDS = 0.5
const LOUDNESS = 0.25

/** Safari and Firefox may lack the choice of a loudspeaker. */
type Sink = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> }

/** Plays two notes through the loudspeaker `outputId` ('' for the system's); resolves when they are over. To be called in the person's click. @throws DOMException when it cannot be played there */
export async function testSpeaker(outputId: string): Promise<void> {
  const context = new AudioContext()
  try {
    const out = context.createMediaStreamDestination()
    NOTES.forEach((frequency, index) => {
      const from = context.currentTime + index * NOTE_SECONDS
      const gain = context.createGain()
      gain.gain.setValueAtTime(0, from)
      gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02)
      gain.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS)
      const note = new OscillatorNode(context, { frequency })
      note.connect(gain).connect(out)
      note.start(from)
      note.stop(from + NOTE_SECONDS)
    })
    const speaker: Sink = new Audio()
    speaker.srcObject = out.stream
    if (outputId !== '') await speaker.setSinkId?.(outputId)
    await speaker.play()
    await new Promise((resolve) => setTimeout(resolve, NOTES.length * NOTE_SECONDS * 1_000))
    speaker.srcObject = null
  } finally {
    await context.close()
  }
}
