import type { Transport } from 'mediasoup-client/types'

/** `poor`: others notice. */
export type Quality = 'good' | 'fair' | 'poor'

export type QualitySample = {
  /** Share of packets lost on the way to the server, 0 to 1. */
  loss: number
  /** Seconds there and back; null when not measured yet. */
  roundTrip: number | null
  /** The browser sends a smaller picture because the uplink is too thin. */
  limited: boolean
}

/** Thresholds after what speech and faces bear: Opus with error correction hides a few percent, talk gets awkward from about 300 ms each way. */
export function qualityOf({ loss, roundTrip, limited }: QualitySample): Quality {
  if (loss > 0.08 || (roundTrip ?? 0) > 0.6) return 'poor'
  if (loss > 0.02 || (roundTrip ?? 0) > 0.3 || limited) return 'fair'
  return 'good'
}

/** The quality of what is sent; of the connection alone on a page that only receives. Null while nothing is connected. */
export async function readQuality(send: Transport | null, receive: Transport | null): Promise<Quality | null> {
  const transport = [send, receive].find((one) => one && !one.closed && one.connectionState === 'connected')
  if (!transport) return null
  return qualityOf(sampleOf(await transport.getStats()))
}

/** The worst of the streams in one statistics report. */
export function sampleOf(report: Iterable<[string, Record<string, unknown>]>): QualitySample {
  const sample: QualitySample = { loss: 0, roundTrip: null, limited: false }
  for (const [, stat] of report) {
    if (stat['type'] === 'remote-inbound-rtp' && typeof stat['fractionLost'] === 'number') sample.loss = Math.max(sample.loss, stat['fractionLost'])
    if (stat['type'] === 'outbound-rtp' && stat['qualityLimitationReason'] === 'bandwidth') sample.limited = true
    if (stat['type'] === 'candidate-pair' && stat['nominated'] === true && typeof stat['currentRoundTripTime'] === 'number') {
      sample.roundTrip = Math.max(sample.roundTrip ?? 0, stat['currentRoundTripTime'])
    }
  }
  return sample
}
