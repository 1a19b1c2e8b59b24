import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onCleanup } from './cleanup.ts'

export type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer; at: number }

export type Receiver = {
  /** Origin, no trailing slash. */
  url: string
  /** Everything that came, oldest first. */
  received: Received[]
  /** Status of the next answers, the last one for ever; null: no answer at all. */
  answers: (number | null)[]
}

/** Somebody who is told things over HTTP, on this machine; answers 200 unless `answers` say otherwise. With `tls` (PEM) over HTTPS. Closed at clean-up. */
export async function startReceiver({ tls }: { tls?: { key: string; cert: string } } = {}): Promise<Receiver> {
  const received: Received[] = []
  const answers: (number | null)[] = [200]
  const take: RequestListener = (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts), at: Date.now() })
      const status = answers.length > 1 ? answers.shift() : answers[0]
      if (status !== null) response.writeHead(status ?? 200).end()
    })
  }
  const server = tls ? createSecureServer(tls, take) : createServer(take)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onCleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, received, answers }
}
