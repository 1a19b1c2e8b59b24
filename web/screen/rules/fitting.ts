/**
 * Sizes of type, in hundredths of the screen's height. After the rule of ANSI/AVIXA V202.01 (DISCAS) for reading what is written, the farthest seat may be 200 times the height of the letters away:
 * from 15 m letters of 7.5 cm are read, which is 5 % of a picture 1.5 m high; of one 3 m high, 2.5 %. Hence what matters is 5 or more wherever it can be, and nothing is smaller than 2.6.
 */
export const SMALLEST = 2.6

/** Sizes from `largest` down to `smallest`, each about a twelfth smaller than the one before. */
export function sizesBetween(largest: number, smallest = SMALLEST): number[] {
  const sizes = [largest]
  for (let size = largest; size > smallest; ) {
    size = Math.max(smallest, Math.round(size * 0.92 * 100) / 100)
    sizes.push(size)
  }
  return sizes
}

type ListStep = { size: number; rows: number }

/** Ways to show a list of `count`, the best first: all of it as large as may be, then smaller, then fewer and fewer rows. */
export function listSteps(count: number, largest: number, smallest = SMALLEST): ListStep[] {
  const whole = sizesBetween(largest, smallest).map((size) => ({ size, rows: count }))
  return [...whole, ...Array.from({ length: Math.max(0, count - 1) }, (_, index) => ({ size: smallest, rows: count - 1 - index }))]
}

