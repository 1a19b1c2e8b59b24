import type { KeptSetting, SiteSettings } from '../../shared/site.ts'
import { createPerson } from './person.ts'
import type { Person } from './person.ts'
import type { TestServer } from './server.ts'
import { until } from './until.ts'

/** Whoever runs the installation: may change its settings. */
export const operator = (server: Pick<TestServer, 'url' | 'links'>): Promise<Person> => createPerson(server.url, { link: server.links.host })

/** Puts a setting in place of what it was. */
export async function setSetting<K extends 'identity' | 'privacy'>(admin: Person, key: K, value: SiteSettings[K]): Promise<void> {
  const all = await admin.get<KeptSetting[]>('/api/admin/settings')
  await admin.send('PUT', `/api/admin/settings/${key}`, { expectedVersion: all.find((setting) => setting.key === key)?.version ?? 0, value })
}

/** The last code that the server printed for this number. */
export async function printedCode(server: Pick<TestServer, 'output'>, phone: string, after = ''): Promise<string> {
  const codes = () => [...server.output().matchAll(new RegExp(`one-time code {2}${phone.replace('+', '\\+')} {2}(\\d{6})`, 'g'))].map(([, code]) => code ?? '')
  await until(() => codes().length > 0 && codes().at(-1) !== after, `a code for ${phone}`)
  return codes().at(-1) ?? ''
}
