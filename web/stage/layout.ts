/** Where the pictures stand. Pure: sizes in CSS pixels in, rectangles out, so that it can be tested as a table. */

export type Size = { width: number; height: number }
export type Rect = Size & { x: number; y: number }

/** `rects` follow the order of the tiles; the featured one, if any, is at `featured`. */
export type StageLayout = { columns: number; rows: number; rects: Rect[] }

const GAP = 6
/** Below this width a stage is on a phone. */
const NARROW = 640
/** On a phone, more faces than this are too small to be read side by side: the one who speaks is shown large instead. */
const NARROW_GRID_MAX = 4

/** The shape of a face that wastes least: cells near it are preferred, and the strip has no other. */
const FACE_RATIO = 4 / 3
/** A camera sends 16:9. Wider cells would cut heads, narrower ones shoulders and more. */
const WIDEST = 16 / 9
const NARROWEST = 1
const STRIP_MIN = 112
const STRIP_MAX = 240
/** Beyond this many, the strip beside a wide featured picture takes a second column. */
const STRIP_COLUMN_MAX = 5

export type TileShape = { seatId: string; kind: 'camera' | 'screen' }

/**
 * Index of the picture shown large, or null for a grid of equals: a shared screen always; on a phone with many faces the speaker, or the first while nobody speaks.
 */
export function featuredTile(tiles: readonly TileShape[], speaker: string | null, width: number): number | null {
  if (tiles.length < 2) return null
  const screen = tiles.findIndex((tile) => tile.kind === 'screen')
  if (screen >= 0) return screen
  if (width >= NARROW || tiles.length <= NARROW_GRID_MAX) return null
  return Math.max(0, tiles.findIndex((tile) => tile.seatId === speaker))
}

/** Places `count` tiles into `container`. `featured` is the index of the large one, or null. Empty for no tiles or no room. */
export function layoutStage(count: number, container: Size, featured: number | null): StageLayout {
  if (count === 0 || container.width <= 0 || container.height <= 0) return { columns: 0, rows: 0, rects: [] }
  if (featured === null || count === 1) return grid(count, { x: 0, y: 0, ...container })
  return withFeatured(count, container, featured)
}

function withFeatured(count: number, container: Size, featured: number): StageLayout {
  const beside = container.width >= NARROW && container.width / container.height > 1.2
  const others = count - 1
  let large: Rect
  let strip: StageLayout
  if (beside) {
    const columns = others > STRIP_COLUMN_MAX ? 2 : 1
    const width = clamp(container.width * 0.2, STRIP_MIN, STRIP_MAX) * (columns === 2 ? 1.4 : 1)
    large = { x: 0, y: 0, width: container.width - width - GAP, height: container.height }
    strip = cells(others, columns, { x: large.width + GAP, y: 0, width, height: container.height }, FACE_RATIO, FACE_RATIO)
  } else {
    const columns = others > 6 ? Math.ceil(others / 2) : others
    const height = container.height * (others > 6 ? 0.4 : 0.28)
    large = { x: 0, y: 0, width: container.width, height: container.height - height - GAP }
    strip = cells(others, columns, { x: 0, y: large.height + GAP, width: container.width, height }, FACE_RATIO, FACE_RATIO)
  }
  const rects = [...strip.rects.slice(0, featured), large, ...strip.rects.slice(featured)]
  return { columns: strip.columns, rows: strip.rows, rects }
}

/** The number of columns that shows each face largest; of equals the one with fewer empty cells. */
function grid(count: number, area: Rect): StageLayout {
  let best = 1
  let bestSize = 0
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns)
    if (Math.ceil(count / rows) !== columns) continue
    const cell = cellSize(columns, rows, area)
    const size = Math.min(cell.width, cell.height * FACE_RATIO)
    if (size > bestSize + 0.5) {
      best = columns
      bestSize = size
    }
  }
  return cells(count, best, area, NARROWEST, WIDEST)
}

/** Rows of `columns` cells in the middle of `area`, the last row centred, each between `minRatio` and `maxRatio` in shape (width by height). */
function cells(count: number, columns: number, area: Rect, minRatio: number, maxRatio: number): StageLayout {
  const rows = Math.ceil(count / columns)
  const cell = cellSize(columns, rows, area)
  const width = Math.min(cell.width, cell.height * maxRatio)
  const height = Math.min(cell.height, width / minRatio)
  const top = area.y + (area.height - rows * height - (rows - 1) * GAP) / 2
  const rects = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = row === rows - 1 ? count - row * columns : columns
    const left = area.x + (area.width - inRow * width - (inRow - 1) * GAP) / 2
    return { x: left + (index % columns) * (width + GAP), y: top + row * (height + GAP), width, height }
  })
  return { columns, rows, rects }
}

function cellSize(columns: number, rows: number, area: Size): Size {
  return { width: (area.width - (columns - 1) * GAP) / columns, height: (area.height - (rows - 1) * GAP) / rows }
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}
