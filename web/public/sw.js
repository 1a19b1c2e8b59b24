// Shows what the server pushes and opens what it is about. Besides, the hall's page opens without a network, with what that page itself asked to have kept; every other page and request goes its way.

const CACHE = 'fangtan-hall'
const HALL = /^\/s\/[a-z0-9]+\/hall$/
/** Milliseconds that a line which does not answer is waited for while there is a kept page. */
const PATIENCE = 4_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** What the page's own markup loads, as paths. */
const assetsOf = (html) => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1])

/** Keeps a hall's page with everything that it has loaded. An older build goes only once the new one is there whole. */
async function keep(page, assets) {
  const cache = await caches.open(CACHE)
  const had = new Set((await cache.keys()).map((request) => new URL(request.url).pathname))
  await Promise.all(assets.filter((path) => !had.has(path)).map((path) => cache.add(path)))
  const response = await fetch(page, { cache: 'no-cache' })
  if (!response.ok) return false
  const needed = assetsOf(await response.clone().text())
  // The server has a newer build than the page that asks: what is kept must fit together.
  if (needed.some((path) => !assets.includes(path))) return false
  await cache.put(page, response)
  for (const path of had) if (path.startsWith('/assets/') && !assets.includes(path)) await cache.delete(path)
  return true
}

self.addEventListener('message', (event) => {
  const message = event.data
  if (!message || message.type !== 'keep' || !HALL.test(message.page) || !Array.isArray(message.assets)) return
  const assets = message.assets.filter((path) => typeof path === 'string' && path.startsWith('/assets/'))
  const answer = (kept) => event.ports[0] && event.ports[0].postMessage({ kept })
  event.waitUntil(keep(message.page, assets).then(answer, () => answer(false)))
})

async function openHall(request, path) {
  const kept = await (await caches.open(CACHE)).match(path)
  if (!kept) return fetch(request)
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE))
  // A gateway's page about a server that is down opens no door.
  const fresh = fetch(request).then((response) => (response.status < 500 ? response : kept), () => kept)
  return Promise.race([fresh, late])
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  // Their names carry the hash of their content: what is kept under one is right for ever.
  if (url.pathname.startsWith('/assets/')) event.respondWith(caches.match(url.pathname, { cacheName: CACHE }).then((kept) => kept || fetch(request)))
  else if (request.mode === 'navigate' && HALL.test(url.pathname)) event.respondWith(openHall(request, url.pathname))
})

self.addEventListener('push', (event) => {
  const message = event.data ? event.data.json() : null
  if (!message || typeof message.title !== 'string') return
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      tag: message.tag,
      icon: '/icon.svg',
      data: { path: message.path },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = event.notification.data && event.notification.data.path
  // Only within this site, whatever the message says.
  const url = new URL(typeof path === 'string' ? path : '/', self.location.origin)
  if (url.origin !== self.location.origin) return
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((pages) => {
      const open = pages.find((page) => new URL(page.url).pathname === url.pathname)
      return open ? open.focus() : self.clients.openWindow(url.href)
    }),
  )
})
