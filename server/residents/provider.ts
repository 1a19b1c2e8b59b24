import * as oidc from 'openid-client'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { KnownAs } from './rules.ts'

/** A provider as an administrator set it up, its secret in clear. */
export type Provider = { id: string; name: string; issuer: string; clientId: string; secret: string }
/** What a browser takes to the provider, and has to show again when it comes back. */
export type Checks = { state: string; nonce: string; verifier: string }
/** Somebody came back without having signed in. */
export class SignInCancelledError extends Error {}

export type Providers = {
  /** Where to send a browser. @throws RefusedError `gateway_failed` */
  begin: (provider: Provider, redirectUri: string) => Promise<{ url: string; checks: Checks }>
  /** Who came back. @throws RefusedError `code_invalid` for an answer that is not to these checks, `gateway_failed`; SignInCancelledError */
  finish: (provider: Provider, returned: URL, checks: Checks) => Promise<Extract<KnownAs, { method: 'oidc' }>>
}

/** Seconds for one request to a provider. */
const TIMEOUT = 8
/** How long what a provider says of itself is remembered, in milliseconds: its keys change now and then. */
const REMEMBERED_MS = 600_000
/** What is asked for, as far as the provider has it. */
const WANTED = ['openid', 'profile', 'phone']

/** As OpenID Connect has it, unless the provider says otherwise: the secret goes into the header. */
function authentication({ secret }: Provider): oidc.ClientAuth {
  if (secret === '') return oidc.None()
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported
    const header = methods === undefined || methods.includes('client_secret_basic')
    return (header ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))(server, ...rest)
  }
}

const text = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim.slice(0, 200) : null)

/** Errors that tell of the answer that a browser brought, not of the provider. */
function isWrongAnswer(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.error === 'invalid_grant'
  if (!(error instanceof oidc.ClientError)) return false
  return error.code === 'OAUTH_INVALID_RESPONSE' || error.code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'
}

/**
 * Sign-in with OpenID Connect providers: authorization code with state, nonce and PKCE.
 * @param plainHttp whether a provider may be reached without TLS: for trying out
 * @param failed told of what a provider did wrong
 */
export function createProviders(deps: { plainHttp: boolean; now: () => number; failed: (provider: string, error: unknown) => void }): Providers {
  const { plainHttp, now, failed } = deps
  const known = new Map<string, { configuration: Promise<oidc.Configuration>; until: number }>()

  function discover(provider: Provider): Promise<oidc.Configuration> {
    const key = JSON.stringify(provider)
    const found = known.get(key)
    if (found && found.until > now()) return found.configuration
    const issuer = new URL(provider.issuer)
    const plain = issuer.protocol === 'http:'
    if (plain && !plainHttp) return Promise.reject(new Error('an issuer without TLS'))
    const options = { timeout: TIMEOUT, ...(plain ? { execute: [oidc.allowInsecureRequests] } : {}) }
    const configuration = oidc.discovery(issuer, provider.clientId, {}, authentication(provider), options)
    known.set(key, { configuration, until: now() + REMEMBERED_MS })
    configuration.catch(() => known.delete(key))
    return configuration
  }

  function trouble(provider: Provider, error: unknown): RefusedError {
    failed(provider.id, error)
    return new RefusedError('gateway_failed')
  }

  /** Name and number, where the provider gives them; who it is, the signed token has said already. */
  async function details(configuration: oidc.Configuration, accessToken: string, sub: string, claims: oidc.IDToken): Promise<{ name: string | null; phone: string | null }> {
    const given = { name: text(claims['name']), phone: text(claims['phone_number']) }
    if ((given.name !== null && given.phone !== null) || configuration.serverMetadata().userinfo_endpoint === undefined) return given
    const told = await oidc.fetchUserInfo(configuration, accessToken, sub).catch(() => null)
    return { name: given.name ?? text(told?.name), phone: given.phone ?? text(told?.phone_number) }
  }

  return {
    async begin(provider, redirectUri) {
      try {
        const configuration = await discover(provider)
        const checks: Checks = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
        const offered = configuration.serverMetadata().scopes_supported
        const url = oidc.buildAuthorizationUrl(configuration, {
          redirect_uri: redirectUri,
          scope: WANTED.filter((scope) => scope === 'openid' || offered === undefined || offered.includes(scope)).join(' '),
          state: checks.state,
          nonce: checks.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
          code_challenge_method: 'S256',
        })
        return { url: url.href, checks }
      } catch (error) {
        throw trouble(provider, error)
      }
    },

    async finish(provider, returned, { state, nonce, verifier }) {
      try {
        const configuration = await discover(provider)
        const tokens = await oidc.authorizationCodeGrant(configuration, returned, { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true })
        const claims = tokens.claims()
        if (!claims) throw new Error('no identity came back')
        return { method: 'oidc', issuer: claims.iss, sub: claims.sub, ...(await details(configuration, tokens.access_token, claims.sub, claims)) }
      } catch (error) {
        if (error instanceof oidc.AuthorizationResponseError && error.error === 'access_denied') throw new SignInCancelledError()
        if (isWrongAnswer(error)) throw new RefusedError('code_invalid')
        throw trouble(provider, error)
      }
    },
  }
}
