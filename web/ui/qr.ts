import { encode } from 'uqr'

/** A QR code as the path of its dark squares, and the side of the square that it fills, its quiet zone included. */
export function qrPath(text: string): { path: string; side: number } {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const runs: string[] = []
  data.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      const length = x - from + 1
      runs.push(`M${from} ${y}h${length}v1h-${length}z`)
    }
  })
  return { path: runs.join(''), side: size }
}
