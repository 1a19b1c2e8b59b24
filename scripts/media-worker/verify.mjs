/**
 * Tries a media worker: `node verify.mjs WORKER` exits 0 when it starts and carries a packet.
 *
 * The packet goes through SRTP, over two transports on the loopback address, so that a worker
 * whose system libraries lack a cipher is found here and not by the first guest.
 */
import { createWorker } from 'mediasoup';

const PATIENCE_MS = 10_000;
const PACKETS = 20;
const workerBin = process.argv[2];
if (!workerBin) throw new Error('usage: node verify.mjs WORKER');

const giveUp = setTimeout(() => {
  process.stderr.write('the worker carried no packet\n');
  process.exit(1);
}, PATIENCE_MS);

const worker = await createWorker({ workerBin, logLevel: 'none' });
/** @type {import('mediasoup').types.RouterRtpCodecCapability[]} */
const mediaCodecs = [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 100 }];
const near = await worker.createRouter({ mediaCodecs });
const far = await worker.createRouter({ mediaCodecs });

const source = await near.createDirectTransport();
const producer = await source.produce({
  kind: 'audio',
  rtpParameters: {
    codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 100 }],
    encodings: [{ ssrc: 1111 }],
  },
});
const { pipeProducer } = await near.pipeToRouter({ producerId: producer.id, router: far, enableSrtp: true, keepId: false });
if (!pipeProducer) throw new Error('the worker made no pipe');
const sink = await far.createDirectTransport();
const consumer = await sink.consume({ producerId: pipeProducer.id, rtpCapabilities: far.rtpCapabilities });
const arrived = new Promise((resolve) => {
  consumer.on('rtp', (packet) => {
    if (packet.includes('fangtan')) resolve(undefined);
  });
});

for (let n = 0; n < PACKETS; n += 1) {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(100, 1);
  header.writeUInt16BE(n, 2);
  header.writeUInt32BE(n * 960, 4);
  header.writeUInt32BE(1111, 8);
  producer.send(Buffer.concat([header, Buffer.from('fangtan')]));
}
await arrived;
clearTimeout(giveUp);
worker.close();
