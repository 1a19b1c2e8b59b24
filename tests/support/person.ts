import type { Me } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack } from '../../shared/protocol/errors.ts'

export type Person = {
  personId: string
  /** Value of the `Cookie` header, `name=value`: for sockets and for a browser's context. */
  cookie: string
  /** One request as this person, whatever comes back. `path` starts with a slash. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** GET with the answer's data. @throws RefusedError */
  get: <T>(path: string) => Promise<T>
  /** JSON body, the answer's data. @throws RefusedError */
  send: <T>(method: 'POST' | 'PUT', path: string, body: unknown) => Promise<T>
  /** Opens a sign-in link. @returns where it leads, a path */
  signIn: (link: string) => Promise<string>
}

async function dataOf<T>(response: Response): Promise<T> {
  const answer = (await response.json()) as Ack<T>
  if (answer.ok) return answer.data
  const { code, ...extra } = answer.error
  throw new RefusedError(code, extra)
}

/**
 * A new person of the server at `url`, with the identity cookie that its first answer set; `link` signs them in at once.
 * `address` is the network address that the server shall believe (it trusts a proxy on this machine): limits are counted per address.
 */
export async function createPerson(url: string, { link, address }: { link?: string; address?: string } = {}): Promise<Person> {
  const forwarded: Record<string, string> = address ? { 'X-Forwarded-For': address } : {}
  const first = await fetch(`${url}/api/me`, { headers: forwarded })
  const cookie = first.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`${url}/api/me set no identity cookie`)
  const { personId } = await dataOf<Me>(first)

  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { Cookie: cookie, ...forwarded, ...(init.headers as Record<string, string> | undefined) } })

  const person: Person = {
    personId,
    cookie,
    fetch: request,
    get: async <T>(path: string) => dataOf<T>(await request(path)),
    send: async <T>(method: 'POST' | 'PUT', path: string, body: unknown) =>
      dataOf<T>(await request(path, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })),
    async signIn(to) {
      const response = await request(new URL(to).pathname)
      const location = response.headers.get('location')
      if (response.status !== 303 || !location) throw new Error(`the link answered ${response.status}`)
      return location
    },
  }
  if (link) await person.signIn(link)
  return person
}
