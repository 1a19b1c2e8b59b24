import { decodeQR } from 'qr/decode.js'

/** Milliseconds that one picture may take: a phone of some years reads four a second. */
const TIME_LIMIT = 120

function read(picture: ImageData): string | null {
  try {
    return decodeQR(picture, { timeLimit: TIME_LIMIT })
  } catch {
    return null // no code in this picture
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ImageData>) => {
  self.postMessage(read(data))
})
