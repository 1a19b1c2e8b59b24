import { expect, test } from 'vitest'
import { ALLOWANCE, createAllowance } from './allowance.ts'
import type { Verdict } from './allowance.ts'

function counted() {
  let time = 5_000
  const allowance = createAllowance(() => time)
  const take = (times: number, bytes = 100) => {
    const verdicts: Partial<Record<Verdict, number>> = {}
    for (let index = 0; index < times; index++) {
      const verdict = allowance.take(bytes)
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    }
    return verdicts
  }
  return { allowance, take, pass: (ms: number) => void (time += ms) }
}

test('admits so many messages, refuses more, cuts off whoever goes on, and begins anew', () => {
  const { take, pass, allowance } = counted()
  expect(take(ALLOWANCE.messages)).toEqual({ admit: ALLOWANCE.messages })
  pass(4_000)
  expect(take(5)).toEqual({ refuse: 5 })
  expect(allowance.wait()).toBe(6_000)
  expect(take(ALLOWANCE.messages * ALLOWANCE.patience)).toMatchObject({ cut: ALLOWANCE.messages + 5 })
  pass(6_000)
  expect(allowance.wait()).toBe(0)
  expect(take(1)).toEqual({ admit: 1 })
  expect(allowance.wait()).toBe(10_000)
})

test('counts bytes as well: few large messages are as many small ones', () => {
  const { take } = counted()
  expect(take(5, 2 * 1024 * 1024)).toEqual({ admit: 4, refuse: 1 })
  expect(take(1, 100)).toEqual({ refuse: 1 })
  expect(take(40, 2 * 1024 * 1024)).toMatchObject({ cut: 6 })
})
