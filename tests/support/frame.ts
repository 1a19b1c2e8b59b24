import { io } from 'socket.io-client'
import type { EmbedIdentity } from '../../shared/embed.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { onCleanup } from './cleanup.ts'

/** A token as a page in a frame gets it, with what the answer set. */
export async function frameIdentity(url: string, headers: Record<string, string> = {}): Promise<EmbedIdentity & { setCookies: string[] }> {
  const response = await fetch(`${url}/api/embed/identity`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: '{}' })
  const { data } = (await response.json()) as { data: EmbedIdentity }
  return { ...data, setCookies: response.headers.getSetCookie() }
}

/** A request with a frame's token, and whatever else is given. */
export const byFrame = (url: string, token: string, path: string, { headers = {}, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {}) =>
  fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { ...(init.body ? { 'Content-Type': 'application/json' } : {}), ...headers, Authorization: `Embed ${token}` } })

/** Connects with a frame's token and these headers. @returns the socket, or the code of the refusal */
export function frameSocket(url: string, embed: unknown, extraHeaders: Record<string, string> = {}) {
  const socket = io(url, { auth: { protocol: PROTOCOL_VERSION, embed }, transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true })
  onCleanup(() => void socket.close())
  return new Promise<{ socket: typeof socket; refused: string | null }>((resolve) => {
    socket.once('connect', () => resolve({ socket, refused: null }))
    socket.once('connect_error', (error: Error & { data?: { code: string } }) => resolve({ socket, refused: error.data?.code ?? error.message }))
  })
}
