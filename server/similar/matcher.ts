import { SHOWN, THRESHOLD, featuresOf, rarity } from './rules.ts'

type Match = { id: string; score: number }

export type Matcher = {
  size: () => number
  /** Adds a text, or replaces the one under the same id. */
  set: (id: string, text: string) => void
  remove: (id: string) => void
  /** The best first; `fits` leaves out what must not be shown. Scores from 0 to 1. */
  search: (text: string, fits: (id: string) => boolean) => Match[]
}

type Text = { id: string; text: string; features: Int32Array; weights: Float32Array; /** Length of the weighted vector; 0: removed. */ length: number }

/** The lengths of all vectors are taken anew when the number of texts has grown or shrunk by this share: rarities move too little before. */
const DRIFT = 0.2
/** Removed texts stay in the lists until they are this share of all. */
const DEAD = 0.3

/**
 * Texts by their likeness: an inverted index from feature to texts, and the cosine between vectors in which a rare feature weighs more than a common one. A search
 * touches only texts that share a feature with it.
 */
export function createMatcher(): Matcher {
  let numbers = new Map<string, number>()
  /** By feature number: in which slots it occurs, and how strongly. */
  let holders: number[][] = []
  let strengths: number[][] = []
  let slots: Text[] = []
  const slotOf = new Map<string, number>()
  let measuredAt = 0
  let rarities = new Float64Array(0)

  const rarityOf = (feature: number): number => rarities[feature] ?? rarity(1, slotOf.size)

  function lengthOf(features: Int32Array, weights: Float32Array): number {
    let sum = 0
    for (let index = 0; index < features.length; index++) sum += ((weights[index] ?? 0) * rarityOf(features[index] ?? 0)) ** 2
    return Math.sqrt(sum)
  }

  function measure(): void {
    rarities = Float64Array.from(holders, (list) => rarity(list.length, slotOf.size))
    for (const text of slots) if (text.length > 0) text.length = lengthOf(text.features, text.weights)
    measuredAt = slotOf.size
  }

  function insert(id: string, text: string): void {
    const found = featuresOf(text)
    const features = new Int32Array(found.size)
    const weights = Float32Array.from(found.values())
    const slot = slots.length
    let index = 0
    for (const [feature, weight] of found) {
      let number = numbers.get(feature)
      if (number === undefined) {
        number = holders.length
        numbers.set(feature, number)
        holders.push([])
        strengths.push([])
      }
      holders[number]?.push(slot)
      strengths[number]?.push(weight)
      features[index++] = number
    }
    slots.push({ id, text, features, weights, length: lengthOf(features, weights) })
    slotOf.set(id, slot)
  }

  function compact(): void {
    const alive = slots.filter(({ length }) => length > 0)
    numbers = new Map()
    holders = []
    strengths = []
    slots = []
    rarities = new Float64Array(0)
    slotOf.clear()
    for (const { id, text } of alive) insert(id, text)
    measure()
  }

  function tidy(): void {
    if (slots.length - slotOf.size > Math.max(64, slots.length * DEAD)) compact()
    else if (Math.abs(slotOf.size - measuredAt) > Math.max(8, measuredAt * DRIFT)) measure()
  }

  function bury(id: string): void {
    const slot = slotOf.get(id)
    const text = slot === undefined ? undefined : slots[slot]
    if (!text) return
    text.length = 0
    // Perhaps withdrawn: the words are not kept until the lists are cleared.
    text.text = ''
    slotOf.delete(id)
  }

  return {
    size: () => slotOf.size,
    set(id, text) {
      const slot = slotOf.get(id)
      if (slot !== undefined && slots[slot]?.text === text) return
      bury(id)
      insert(id, text)
    },
    remove: bury,
    search(text, fits) {
      tidy()
      const products = new Float64Array(slots.length)
      const touched: number[] = []
      let sum = 0
      for (const [feature, weight] of featuresOf(text)) {
        const number = numbers.get(feature)
        const rare = number === undefined ? rarity(0, slotOf.size) : rarityOf(number)
        sum += (weight * rare) ** 2
        const list = number === undefined ? [] : (holders[number] ?? [])
        const strong = number === undefined ? [] : (strengths[number] ?? [])
        const factor = weight * rare * rare
        for (let index = 0; index < list.length; index++) {
          const slot = list[index] ?? 0
          if (products[slot] === 0) touched.push(slot)
          products[slot] = (products[slot] ?? 0) + factor * (strong[index] ?? 0)
        }
      }
      const length = Math.sqrt(sum)
      const best: Match[] = []
      for (const slot of touched) {
        const other = slots[slot]
        if (!other || other.length === 0) continue
        const score = Math.min(1, (products[slot] ?? 0) / (length * other.length))
        if (score < THRESHOLD || (best.length === SHOWN && score <= (best.at(-1)?.score ?? 0)) || !fits(other.id)) continue
        const place = best.findIndex((match) => match.score < score)
        best.splice(place < 0 ? best.length : place, 0, { id: other.id, score })
        if (best.length > SHOWN) best.pop()
      }
      return best
    },
  }
}
