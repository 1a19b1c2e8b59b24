/** The longer side of a stored picture, in pixels: enough for a name plate on a large screen, small enough for a slow phone. */
const LONGEST_SIDE = 1_024
const QUALITY = 0.85

/** Thrown when a file is no picture that this browser can read. */
export class UnreadablePicture extends Error {}

/** A JPEG of at most {@link LONGEST_SIDE} pixels from whatever picture the host chose: photographs of today's phones are several megabytes. */
export async function shrinkPicture(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new UnreadablePicture()
  })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new UnreadablePicture()
  // JPEG knows no transparency; without this a cut-out portrait would stand on black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new UnreadablePicture())), 'image/jpeg', QUALITY))
}
