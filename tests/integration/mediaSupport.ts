import type { RtpParameters } from '../../shared/rtp.ts'
import type { MediaConfig } from '../../server/config.ts'
import type { Guest } from '../../shared/sessions.ts'

/** Any free ports on the loopback interface. */
export function mediaConfig(over: Partial<MediaConfig> = {}): MediaConfig {
  return { listenIp: '127.0.0.1', announcedAddress: null, port: 0, workers: 1, workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? null, turnUrls: [], turnSecret: null, ...over }
}

const MID = { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 }
const RID = { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 }

/** What Chromium sends for a camera: VP8 in three layers. */
export function cameraParameters(mid = '0'): RtpParameters {
  return {
    mid,
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'transport-cc' }] },
      { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
    ],
    headerExtensions: [MID, RID],
    encodings: [{ rid: 'r0' }, { rid: 'r1' }, { rid: 'r2' }],
    rtcp: { cname: 'guest', reducedSize: true },
  }
}

/** What Chromium sends for a microphone: Opus. */
export function microphoneParameters(mid = '1', ssrc = 1111): RtpParameters {
  return {
    mid,
    codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { minptime: 10, useinbandfec: 1 }, rtcpFeedback: [] }],
    headerExtensions: [MID, { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 }],
    encodings: [{ ssrc, dtx: false }],
    rtcp: { cname: 'guest', reducedSize: true },
  }
}


export function guest(id: string, name: string): Guest {
  return { id, name, post: '局长', department: '住房和城乡建设局', pictureId: null, departmentId: null, spokesperson: false }
}
