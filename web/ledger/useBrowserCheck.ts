import { onScopeDispose, shallowRef } from 'vue'
import { RefusedError } from '../../shared/protocol/errors.ts'
import type { Refusal } from '../../shared/protocol/errors.ts'
import type { LedgerEntry, LedgerFile, LedgerVerdict } from '../../shared/ledger.ts'
import { refusalOf } from '../net/refusal.ts'
import { canVerify, verifyHere } from './verify.ts'

export type BrowserCheck =
  | { step: 'none' }
  | { step: 'unable' }
  | { step: 'fetching' }
  | { step: 'checking'; held: number; entries: number }
  | { step: 'done'; verdict: LedgerVerdict; /** The first that does not hold. */ broken: LedgerEntry | null; /** Where the noted head stands, 0: nowhere; null when none was noted. */ noted: number | null }
  | { step: 'failed'; refusal: Refusal }

/** Fetches the ledger's file and checks it in this browser. */
export function useBrowserCheck(sessionId: string) {
  const state = shallowRef<BrowserCheck>(canVerify() ? { step: 'none' } : { step: 'unable' })
  let running = new AbortController()

  async function download(signal: AbortSignal): Promise<LedgerFile> {
    const response = await fetch(`/api/sessions/${encodeURIComponent(sessionId)}/ledger`, { credentials: 'same-origin', signal }).catch(() => {
      throw new RefusedError('offline')
    })
    if (!response.ok) throw new RefusedError(response.status === 429 ? 'rate_limited' : response.status === 404 ? 'not_found' : 'internal')
    return (await response.json()) as LedgerFile
  }

  /** @param noted a head that somebody noted before, or empty */
  async function start(noted: string) {
    running.abort()
    const mine = (running = new AbortController())
    state.value = { step: 'fetching' }
    try {
      const file = await download(mine.signal)
      if (mine.signal.aborted) return
      const tell = (held: number) => (state.value = { step: 'checking', held, entries: file.entries.length })
      tell(0)
      const verdict = await verifyHere(file, tell, mine.signal)
      state.value = { step: 'done', verdict, broken: verdict.ok ? null : (file.entries[verdict.index - 1] ?? null), noted: noted === '' ? null : file.entries.findIndex(({ hash }) => hash === noted) + 1 }
    } catch (thrown) {
      if (!mine.signal.aborted) state.value = { step: 'failed', refusal: refusalOf(thrown) }
    }
  }

  onScopeDispose(() => running.abort())
  return { state, start }
}
