import type { HealthPart } from '../../shared/administration.ts'

type State = HealthPart['state']
/** A finding: its state, the code that texts are found by, a figure or a name to it. */
type Finding = Omit<HealthPart, 'part'>

const found = (state: State, code: string, value = ''): Finding => ({ state, code, value })
const share = (part: number, whole: number) => `${part}/${whole}`

/** Shares of a disk that are left. */
const LOW = 0.1
const FULL = 0.02

export const databaseHealth = (engine: 'sqlite' | 'postgres', ms: number | null): Finding => (ms === null ? found('failing', 'unreachable') : found('ok', engine, `${ms} ms`))

/** `ready` null: this installation has none. */
export const redisHealth = (ready: boolean | null): Finding => (ready === null ? found('off', 'single') : ready ? found('ok', 'connected') : found('failing', 'unreachable'))

export function mediaHealth(wanted: number, running: number): Finding {
  if (wanted === 0) return found('off', 'disabled')
  if (running === 0) return found('failing', 'none', share(0, wanted))
  return running < wanted ? found('warning', 'some', share(running, wanted)) : found('ok', 'running', share(running, wanted))
}

/** `probes`: by address, milliseconds, or null for no answer. `secret`: whether relays can be used at all. */
export function turnHealth(probes: readonly { url: string; ms: number | null }[], secret: boolean): Finding {
  if (probes.length === 0) return found('off', 'none')
  const silent = probes.filter(({ ms }) => ms === null).map(({ url }) => url)
  if (silent.length === probes.length) return found('failing', 'silent', silent.join(' '))
  if (silent.length > 0) return found('warning', 'some', silent.join(' '))
  if (!secret && probes.some(({ url }) => url.startsWith('turn'))) return found('warning', 'no_secret')
  return found('ok', 'answering', `${Math.max(...probes.map(({ ms }) => ms ?? 0))} ms`)
}

/** Bytes; null: cannot be told. */
export function storageHealth(disk: { free: number; total: number } | null): Finding {
  if (!disk || disk.total <= 0) return found('warning', 'unknown')
  const left = disk.free / disk.total
  const value = `${Math.floor(left * 100)} %`
  return left < FULL ? found('failing', 'full', value) : left < LOW ? found('warning', 'low', value) : found('ok', 'enough', value)
}

/** `console` prints codes for whoever reads the terminal: nothing for a county's residents. */
export function smsHealth(kind: 'off' | 'console' | 'http', production: boolean): Finding {
  if (kind === 'console') return found(production ? 'warning' : 'ok', 'console')
  return kind === 'off' ? found('off', 'off') : found('ok', 'http')
}

/** `providers`: by name, whether it described itself as it should. */
export function oidcHealth(providers: readonly { name: string; answers: boolean }[]): Finding {
  const silent = providers.filter(({ answers }) => !answers).map(({ name }) => name)
  if (providers.length === 0) return found('off', 'none')
  if (silent.length === 0) return found('ok', 'answering', String(providers.length))
  return found(silent.length === providers.length ? 'failing' : 'warning', 'silent', silent.join(' '))
}

export const privacyHealth = (notice: { version: number } | null): Finding => (notice ? found('ok', 'published', String(notice.version)) : found('warning', 'none'))

/** `written`: whether Chinese can be written into pictures. */
export const fontsHealth = (written: boolean): Finding => (written ? found('ok', 'chinese') : found('warning', 'none'))

/** Browsers give camera and microphone only to pages that came over HTTPS, or from the same machine. */
export function httpsHealth(publicUrl: string, production: boolean): Finding {
  const { protocol, hostname, host } = new URL(publicUrl)
  if (protocol === 'https:') return found('ok', 'https', host)
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return found(production ? 'warning' : 'ok', 'local', host)
  return found('failing', 'plain', host)
}
