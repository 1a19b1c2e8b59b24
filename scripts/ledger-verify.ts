import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { verifyLedger } from '../server/ledger/rules.ts'
import { ledgerFileSchema } from '../shared/api/ledger.ts'
import type { LedgerEntry, LedgerFile, LedgerProblem } from '../shared/ledger.ts'

/**
 * `npm run ledger:verify -- FILE [--head HASH]`: checks a downloaded ledger without a network and names the first entry that does not hold.
 * `--head` is a head that somebody noted before, the one published at the end of the session, say: the ledger must still contain it.
 * Exit 0 holds, 1 broken, 2 not a ledger.
 */
const USAGE = 'usage: npm run ledger:verify -- FILE [--head HASH]'

const MEANING: Record<LedgerProblem, string> = {
  session: 'belongs to another session',
  index: 'does not have the number of its place: entries are missing, added or out of order',
  previous: 'does not follow from the entry before it: that one was changed, or others stood between them',
  hash: 'its content does not fit its hash: it was changed',
  head: 'the last entry is not the one that the session ended with: entries were cut off or added',
  seal: 'is not what was published when the session ended',
}

type Read = { file: LedgerFile; head: string | null } | { failed: string }

function read(): Read {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } })
    const [path] = positionals
    if (!path || positionals.length > 1) return { failed: USAGE }
    const head = values.head?.trim().toLowerCase() ?? null
    if (head !== null && !/^[0-9a-f]{64}$/.test(head)) return { failed: `--head takes 64 hexadecimal digits\n${USAGE}` }
    return parse(path, head)
  } catch (error) {
    return { failed: `${error instanceof Error ? error.message : String(error)}\n${USAGE}` }
  }
}

function parse(path: string, head: string | null): Read {
  try {
    const parsed = ledgerFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (parsed.success) return { file: parsed.data, head }
    const [issue] = parsed.error.issues
    return { failed: `${path}: not a ledger: ${issue?.path.join('.')}: ${issue?.message}` }
  } catch (error) {
    return { failed: `${path}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** What somebody reads to find an entry again. */
const nameOf = (index: number, entry: LedgerEntry | undefined) =>
  entry ? `entry ${index} (${entry.action}${entry.number === null ? '' : ` of ${entry.subject} ${entry.number}`}, ${entry.at})` : `entry ${index}`

/** The line to print, and whether the ledger holds. */
function judge({ file, head }: Extract<Read, { file: LedgerFile }>): { line: string; holds: boolean } {
  const verdict = verifyLedger(file)
  if (!verdict.ok) {
    const where = verdict.index === 0 ? 'the head' : nameOf(verdict.index, file.entries[verdict.index - 1])
    return { line: `broken at ${where}: ${MEANING[verdict.problem]} [${verdict.problem}]`, holds: false }
  }
  const noted = head === null ? null : file.entries.findIndex(({ hash }) => hash === head) + 1
  if (noted === 0) return { line: `broken: the head that you noted is nowhere in this ledger: it was rewritten, or is another session's [noted]`, holds: false }
  const sealed = file.seal ? `, sealed with ${file.seal.entries} at ${file.seal.at}` : ''
  return { line: `holds: ${verdict.entries} entries, head ${verdict.head}${sealed}${noted === null ? '' : `; the head that you noted is entry ${noted}`}`, holds: true }
}

const input = read()
if ('failed' in input) {
  process.stderr.write(`${input.failed}\n`)
  process.exitCode = 2
} else {
  const { line, holds } = judge(input)
  process.stdout.write(`${line}\n`)
  process.exitCode = holds ? 0 : 1
}
