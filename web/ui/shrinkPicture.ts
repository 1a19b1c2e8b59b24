const QUALITY = 0.85

/** Thrown when a file is no picture that this browser can read. */
export class UnreadablePicture extends Error {}

/** A JPEG of at most `longestSide` pixels from whatever picture was chosen: photographs of today's phones are several megabytes. @throws UnreadablePicture */
export async function shrinkPicture(file: Blob, longestSide: number): Promise<Blob> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new UnreadablePicture()
  })
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
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
