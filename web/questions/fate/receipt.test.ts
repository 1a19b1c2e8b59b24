import { expect, it } from 'vitest'
import { readReceipt } from './receipt.ts'

it.each([
  ['7K3M-90QX-ABCD', '7K3M-90QX-ABCD'],
  [' 7k3m 90qx abcd ', '7K3M-90QX-ABCD'],
  ['7K3M90QXABCD', '7K3M-90QX-ABCD'],
  ['7K3M－9OQX－ABCL', '7K3M-90QX-ABC1'],
  ['7K3M', '7K3M'],
  ['谁知道', '谁知道'],
])('reads %s', (typed, receipt) => {
  expect(readReceipt(typed)).toBe(receipt)
})
