import { client } from './client.ts'
import type { TestClient } from './client.ts'

/** Network addresses from the block for documentation, so that nobody's limit is touched by the crowd. */
const address = (index: number) => `198.51.100.${1 + (index % 250)}`

/** `size` anonymous people, connected, each with a network address of their own. */
export async function crowd(url: string, size: number, options: { reconnect?: boolean } = {}): Promise<TestClient[]> {
  return Promise.all(Array.from({ length: size }, (_, index) => client(url, { ...options, address: address(index) })))
}
