import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { verifyLedger } from '../server/ledger/rules.ts'

/** `npm run ledger:verify -- FILE`: checks a downloaded ledger without a network and names the first entry that does not hold. Exit 0 holds, 1 broken, 2 not a ledger. */
const entrySchema = z.strictObject({
  sessionId: z.string(),
  index: z.int(),
  at: z.string(),
  subject: z.enum(['session', 'question', 'poll']),
  number: z.int().nullable(),
  action: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  role: z.string(),
  actor: z.string(),
  reason: z.string().nullable(),
  textDigest: z.string().nullable(),
  // Entries from before it existed have none.
  detail: z.strictObject({ code: z.string().optional(), into: z.int().optional(), votes: z.int().optional(), channel: z.string().optional() }).nullable().default(null),
  previous: z.string(),
  hash: z.string(),
})
const fileSchema = z.strictObject({ format: z.literal('fangtan-ledger'), version: z.literal(1), sessionId: z.string(), head: z.string(), entries: z.array(entrySchema) })

function readFile(path: string | undefined): z.infer<typeof fileSchema> | string {
  if (!path) return 'usage: npm run ledger:verify -- FILE'
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : `${path}: not a ledger: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message : String(error)}`
  }
}

const file = readFile(process.argv[2])
if (typeof file === 'string') {
  process.stderr.write(`${file}\n`)
  process.exitCode = 2
} else {
  const verdict = verifyLedger(file)
  process.stdout.write(verdict.ok ? `holds: ${verdict.entries} entries, head ${verdict.head}\n` : `broken at ${verdict.index === 0 ? 'the head' : `entry ${verdict.index}`}: ${verdict.problem}\n`)
  process.exitCode = verdict.ok ? 0 : 1
}
