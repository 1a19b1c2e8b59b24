/** Milliseconds for the whole answer. */
const PATIENCE = 2_500
/** Bytes that are read of it: descriptions are a few thousand long. */
const MOST = 128 * 1024

/** A body that is not longer than it may be; null otherwise. What is too much is not waited for. */
async function bounded(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength
    if (bytes > MOST) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function issuerIn(text: string | null): string | null {
  const { issuer } = JSON.parse(text ?? '{}') as { issuer?: unknown }
  return typeof issuer === 'string' ? new URL(issuer).href : null
}

/**
 * Whether OpenID Connect's description of a provider stands where its issuer says, and names that issuer: asked as a sign-in asks (residents/provider.ts), which follows no redirect and
 * takes an issuer without TLS for trying out only.
 */
export async function describesItself(issuer: string, plainHttp: boolean): Promise<boolean> {
  const { href, protocol } = new URL(issuer)
  if (protocol === 'http:' && !plainHttp) return false
  try {
    const response = await fetch(`${href.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(PATIENCE), redirect: 'error', headers: { Accept: 'application/json' } })
    return response.ok && issuerIn(await bounded(response)) === href
  } catch {
    return false
  }
}
