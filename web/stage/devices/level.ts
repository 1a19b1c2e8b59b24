/** Quieter than this, in decibels below full scale, the meter shows nothing; a calm room is about there. */
const FLOOR = -60
/** Loud speech close to the microphone. */
const CEILING = -12

/** The loudness of one stretch of samples (-1 to 1) on the meter's scale of 0 to 1, even to the ear. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)
  if (power === 0) return 0
  const decibels = 10 * Math.log10(power)
  return Math.min(1, Math.max(0, (decibels - FLOOR) / (CEILING - FLOOR)))
}
