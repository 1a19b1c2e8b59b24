import { icons } from '@iconify-json/lucide'
import { expect, it } from 'vitest'

const sources = import.meta.glob<string>(['../**/*.{vue,ts}', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })

it('uses only icons that the bundled set has, by their written-out names', () => {
  const known = new Set([...Object.keys(icons.icons), ...Object.keys(icons.aliases ?? {})])
  const unknown = Object.entries(sources).flatMap(([path, source]) =>
    [...source.matchAll(/i-([a-z]+)-([a-z0-9-]*)/g)]
      .filter(([match, set, name]) => /^i-lucide-/.test(match) && (set !== 'lucide' || !known.has(name ?? '')))
      .map(([match]) => `${path}: ${match}`),
  )
  expect(unknown).toEqual([])
})
