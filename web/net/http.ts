import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Ack, ErrorCode } from '../../shared/protocol/errors.ts'
import { frameHeaders } from './credential.ts'

/** Milliseconds until an HTTP request counts as lost. Longer than a socket request: pictures are sent this way. */
const HTTP_TIMEOUT = 20_000
/** The same for a picture over a slow line, which shows how far it is. */
const UPLOAD_TIMEOUT = 120_000

const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'rate_limited',
}

function isAck<T>(body: unknown): body is Ack<T> {
  return typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean'
}

/** The answer's data. What is not one of our answers (a proxy's error page, say) is told by its status. */
async function unwrap<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null)
  if (!isAck<T>(body)) throw new RefusedError(CODE_OF_STATUS[response.status] ?? 'internal')
  if (!body.ok) {
    const { code, ...extra } = body.error
    throw new RefusedError(code, extra)
  }
  return body.data
}

async function send<T>(path: string, { headers, ...init }: Omit<RequestInit, 'headers'> & { headers: Record<string, string> }): Promise<T> {
  const signal = AbortSignal.timeout(HTTP_TIMEOUT)
  try {
    return await unwrap<T>(await fetch(path, { credentials: 'same-origin', ...init, headers: { ...headers, ...frameHeaders() }, signal }))
  } catch (error) {
    if (error instanceof RefusedError) throw error
    throw new RefusedError(signal.aborted ? 'timeout' : 'offline')
  }
}

/** @throws RefusedError with the server's code, or `offline` / `timeout` when no answer came */
export function getJson<T>(path: string): Promise<T> {
  return send<T>(path, { headers: { accept: 'application/json' } })
}

/** Sends `body` as JSON. @throws RefusedError as {@link getJson} */
export function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<T> {
  return send<T>(path, { method, headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

/**
 * Sends a file's bytes as they are, telling how much of it is gone (0 to 1): only XMLHttpRequest knows. `signal` gives it up.
 * @throws RefusedError as {@link getJson}; `offline` when it was given up
 */
export function uploadFile<T>(path: string, file: Blob, onProgress: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = (code: ErrorCode) => () => reject(new RefusedError(code))
    request.open('POST', path)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', file.type)
    for (const [name, value] of Object.entries(frameHeaders())) request.setRequestHeader(name, value)
    request.timeout = UPLOAD_TIMEOUT
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(loaded / total)
    request.onload = () => resolve(unwrap<T>(new Response(request.responseText, { status: request.status })))
    request.onerror = fail('offline')
    request.onabort = fail('offline')
    request.ontimeout = fail('timeout')
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** Sends a file's bytes as they are, with its own type. @throws RefusedError as {@link getJson} */
export function sendFile<T>(path: string, file: Blob): Promise<T> {
  return send<T>(path, { method: 'POST', headers: { accept: 'application/json', 'content-type': file.type }, body: file })
}
