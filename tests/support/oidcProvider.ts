import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { onCleanup } from './cleanup.ts'

export const CLIENT = { id: 'fangtan', secret: 'a secret that both sides know' }

export type OidcProvider = {
  issuer: string
  /** Nobody answers there any more. */
  stop: () => Promise<void>
}

/** A real OpenID Connect provider on this machine, whose users are whoever they say (`login`), with a name and a number. `redirectUris`: where it may lead back to. */
export async function startOidcProvider(redirectUris: string[]): Promise<OidcProvider> {
  const http = createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: redirectUris }],
    cookies: { keys: ['a key'] },
    claims: { openid: ['sub'], profile: ['name'], phone: ['phone_number'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id}先生`, phone_number: '13812345678' }) }),
  })
  // It warns of what a test may do: keys of its own making, no TLS.
  const take = provider.callback()
  http.on('request', (request, response) => void take(request, response))
  const stop = async () => {
    http.closeAllConnections()
    if (http.listening) await new Promise((resolve) => http.close(resolve))
  }
  onCleanup(stop)
  return { issuer, stop }
}

/** A browser at the provider: follows it from `url`, signs in as `login` (or cancels: null), and stops where it is led back to a page that is not the provider's. */
export async function signInAt(issuer: string, url: string, login: string | null): Promise<string> {
  const cookies = new Map<string, string>()
  async function visit(to: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(to, { ...init, redirect: 'manual', headers: { ...(init.headers as Record<string, string> | undefined), Cookie: [...cookies].map((pair) => pair.join('=')).join('; ') } })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split('; ')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  let at = url
  for (let steps = 0; steps < 20; steps++) {
    if (!at.startsWith(issuer)) return at
    const page = await visit(at)
    const location = page.headers.get('location')
    if (location) {
      at = new URL(location, at).href
      continue
    }
    const html = await page.text()
    if (login === null) {
      const abort = /href="([^"]*\/abort)"/.exec(html)?.[1]
      if (!abort) throw new Error(`no way to cancel:\n${html}`)
      at = new URL(abort, at).href
      continue
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]
    if (!action) throw new Error(`no form at the provider:\n${html}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? 'login'
    const body = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt })
    const sent = await visit(new URL(action, at).href, { method: 'POST', body })
    at = new URL(sent.headers.get('location') ?? '', at).href
  }
  throw new Error(`the provider leads nowhere: ${at}`)
}
