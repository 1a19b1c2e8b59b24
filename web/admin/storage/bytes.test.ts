import { expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_536, '1.5 KB'],
  [5 * 1_024 ** 2, '5.0 MB'],
  [512 * 1_024 ** 2, '512 MB'],
  [78_935_797_760, '73.5 GB'],
  [3 * 1_024 ** 5, '3072 TB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
