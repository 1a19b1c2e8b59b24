import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onCleanup } from './cleanup.ts'

export type ForumSite = { /** No slash at its end. */ origin: string; /** What its one thread holds, as HTML. */ post: (html: string) => void }

/** A forum on another origin, with one thread at `/`: plain HTML as such software writes it. Closed at clean-up. */
export async function startForum(): Promise<ForumSite> {
  let held = ''
  const server = createServer((request, response) => {
    if (request.url !== '/') return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="zh-CN"><head><title>青湾论坛</title><link rel="icon" href="data:," /></head><body><h1>置顶：座谈会直播贴</h1><div id="post">${held}</div><p>跟帖</p></body></html>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onCleanup(() => new Promise<void>((resolve) => (server.close(() => resolve()), server.closeAllConnections())))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, post: (html) => void (held = html) }
}
