import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from 'uqr'
import { temporaryDirectory } from './program.ts'

const [WIDTH, HEIGHT] = [640, 480]
/** Of a shown square, in pixels, and where the code begins. */
const QUIET = 60
const [PAPER, INK, NO_COLOUR] = [235, 16, 128]

/** A film (Y4M, one picture) of a phone that shows `text` as a QR code, for `openBrowser({ camera })`. @returns its path */
export async function cameraShowing(text: string): Promise<string> {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const side = Math.floor((HEIGHT - 2 * QUIET) / size)
  const left = Math.floor((WIDTH - side * size) / 2)
  const light = Buffer.alloc(WIDTH * HEIGHT, PAPER)
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return
      for (let line = 0; line < side; line++) light.fill(INK, (QUIET + y * side + line) * WIDTH + left + x * side, (QUIET + y * side + line) * WIDTH + left + (x + 1) * side)
    }),
  )
  const path = join(await temporaryDirectory('camera'), 'code.y4m')
  await writeFile(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), light, Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR)]))
  return path
}
