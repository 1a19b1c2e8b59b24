import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { shadeOf } from '../../shared/rules/accents.ts'
import type { SiteView } from '../../shared/site.ts'
import { drawSession, emblemPlace } from './drawing.ts'
import type { PictureWidth, Shared } from './rules.ts'

const ICON = join(import.meta.dirname, '../../web/public/icon.svg')
/** Pictures that are kept in memory, about 50 KB each. */
const KEPT = 60

/** Whether this machine has a font for Chinese: 一 is one stroke, wide and flat, and what stands in the place of a missing character is not. */
async function writesChinese(): Promise<boolean> {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#fff"/><text x="10" y="80" font-size="80" font-family="sans-serif">一</text></svg>'
  // What is left when the white around the stroke is cut off; nothing at all cannot be cut.
  const { info } = await sharp(Buffer.from(svg)).flatten({ background: '#fff' }).trim({ background: '#fff', threshold: 60 }).toBuffer({ resolveWithObject: true })
  return info.width >= 50 && info.width < 100 && info.height < 30
}

export type SessionPictures = ReturnType<typeof createSessionPictures>

/** Pictures of sessions as other sites show them, PNG. `emblem`: the bytes of an uploaded picture. */
export function createSessionPictures({ emblem }: { emblem: (id: string) => Promise<Uint8Array | null> }) {
  const made = new Map<string, Promise<Buffer>>()
  let font: Promise<boolean> | null = null
  const words = () => (font ??= writesChinese().catch(() => false))

  async function make(session: Shared, site: SiteView, name: string, width: PictureWidth): Promise<Buffer> {
    const written = await words()
    const { left, top, size } = emblemPlace(written)
    const own = site.emblemId === null ? null : await emblem(site.emblemId)
    const mark = await sharp(own ?? (await readFile(ICON)), { density: 600 }).resize(size, size, { fit: 'contain', background: '#ffffff00' }).png().toBuffer()
    const whole = await sharp(Buffer.from(drawSession(session, name, shadeOf(site.accent, 500), written)))
      .composite([{ input: mark, left, top }])
      .png({ palette: true })
      .toBuffer()
    return width === 1200 ? whole : sharp(whole).resize(width).png({ palette: true }).toBuffer()
  }

  return {
    /** Whether words can be written into them here. */
    words,
    /** `key`: says the same only of the same picture. */
    async of(session: Shared, site: SiteView, name: string, width: PictureWidth): Promise<{ png: Buffer; key: string }> {
      // The hall is no part of what the version counts.
      const key = [session.id, session.version, session.phase, session.attendance.venue, name, site.emblemId, site.accent, width].join('|')
      const known = made.get(key)
      if (known) return { png: await known, key }
      const making = make(session, site, name, width)
      made.set(key, making)
      making.catch(() => made.delete(key))
      for (const old of made.keys()) {
        if (made.size <= KEPT) break
        made.delete(old)
      }
      return { png: await making, key }
    },
  }
}
