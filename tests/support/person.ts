import type { Me, OpenedLink } from '../../shared/accounts.ts'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack } from '../../shared/protocol/errors.ts'

export type Person = {
  personId: string
  /** Value of the `Cookie` header as of now, `name=value; name=value`: for sockets. */
  readonly cookie: string
  /** One request as this person, whatever comes back. `path` starts with a slash. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** GET with the answer's data. @throws RefusedError */
  get: <T>(path: string) => Promise<T>
  /** JSON body, the answer's data. @throws RefusedError */
  send: <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown) => Promise<T>
  /** Opens a sign-in link, and takes it over from whoever holds it. @returns where it leads, a path @throws RefusedError */
  signIn: (link: string) => Promise<string>
}

async function dataOf<T>(response: Response): Promise<T> {
  const answer = (await response.json()) as Ack<T>
  if (answer.ok) return answer.data
  const { code, ...extra } = answer.error
  throw new RefusedError(code, extra)
}

/** The cookies of one browser: what each answer sets is sent from then on. */
function createJar() {
  const cookies = new Map<string, string>()
  return {
    header: () => [...cookies].map((pair) => pair.join('=')).join('; '),
    keep(response: Response) {
      for (const set of response.headers.getSetCookie()) {
        const [pair = '', ...attributes] = set.split('; ')
        const name = pair.slice(0, pair.indexOf('='))
        if (attributes.includes('Max-Age=0')) cookies.delete(name)
        else cookies.set(name, pair.slice(name.length + 1))
      }
      return response
    },
  }
}

/**
 * A new person of the server at `url`, with the identity cookie that its first answer set; `link` signs them in at once.
 * `address` is the network address that the server shall believe (it trusts a proxy on this machine): limits are counted per address.
 */
export async function createPerson(url: string, { link, address }: { link?: string; address?: string } = {}): Promise<Person> {
  const forwarded: Record<string, string> = address ? { 'X-Forwarded-For': address } : {}
  const jar = createJar()
  const request = async (path: string, init: RequestInit = {}) =>
    jar.keep(await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { ...(jar.header() ? { Cookie: jar.header() } : {}), ...forwarded, ...(init.headers as Record<string, string> | undefined) } }))
  const { personId } = await dataOf<Me>(await request('/api/me'))
  if (!jar.header()) throw new Error(`${url}/api/me set no identity cookie`)

  const person: Person = {
    personId,
    get cookie() {
      return jar.header()
    },
    fetch: request,
    get: async <T>(path: string) => dataOf<T>(await request(path)),
    send: async <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown) =>
      dataOf<T>(await request(path, { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } })),
    async signIn(to) {
      const token = new URL(to).pathname.replace('/in/', '')
      const { path } = await person.send<OpenedLink>('POST', '/api/links/open', { token, move: true })
      return path
    },
  }
  if (link) await person.signIn(link)
  return person
}
