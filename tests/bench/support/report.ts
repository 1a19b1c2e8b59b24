export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits))

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** The last line of a benchmark. */
export function report(result: { bench: string; ratio: number; against: string } & Record<string, unknown>): void {
  say(JSON.stringify(result))
}
