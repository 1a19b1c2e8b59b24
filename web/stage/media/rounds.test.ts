import { expect, it } from 'vitest'
import { createRounds } from './rounds.ts'

it('never overlaps, and merges what is asked meanwhile', async () => {
  let running = 0
  let most = 0
  let count = 0
  const ends: (() => void)[] = []
  const rounds = createRounds(async () => {
    count += 1
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => ends.push(resolve))
    running -= 1
  })
  rounds.ask()
  rounds.ask()
  rounds.ask()
  expect(count).toBe(1)
  ends.shift()?.()
  await new Promise((resolve) => setTimeout(resolve))
  expect(count).toBe(2)
  ends.shift()?.()
  await new Promise((resolve) => setTimeout(resolve))
  expect(count).toBe(2)
  rounds.ask()
  expect(count).toBe(3)
  expect(most).toBe(1)
})
