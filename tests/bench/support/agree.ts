import type { Ack } from '../../../shared/protocol/errors.ts'
import type { SiteView } from '../../../shared/site.ts'

/** Agrees to the privacy notice, where one is published: whoever speaks has to. `headers` say who, by their cookie. @throws when it was refused */
export async function agree(origin: string, headers: Record<string, string>): Promise<void> {
  const site = (await (await fetch(`${origin}/api/site`, { headers })).json()) as Ack<SiteView>
  const version = site.ok ? site.data.privacy?.version : undefined
  if (version === undefined) return
  const init = { method: 'PUT', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ version, locale: 'zh-CN' }) }
  const { status } = await fetch(`${origin}/api/me/consent`, init)
  if (status !== 200) throw new Error(`agreeing to the privacy notice was answered with ${status}`)
}
