import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { entryHash } from '../../server/ledger/rules.ts'
import type { LedgerFile } from '../../shared/ledger.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { temporaryDirectory } from '../support/program.ts'
import { startServer } from '../support/server.ts'

const ROOT = join(import.meta.dirname, '../..')

let directory: string
let download: LedgerFile

/** What `npm run ledger:verify -- FILE` prints and with which code it ends. */
function verify(content: unknown, ...options: string[]): { code: number | null; printed: string } {
  const file = join(directory, 'ledger.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ledger-verify.ts', file, ...options], { cwd: ROOT, encoding: 'utf8' })
  return { code: status, printed: (stdout + stderr).replaceAll(file, 'FILE').trim() }
}

/** A copy of the download that `change` may do anything to. */
function tampered(change: (file: LedgerFile) => void): LedgerFile {
  const copy = structuredClone(download)
  change(copy)
  return copy
}

beforeAll(async () => {
  directory = await temporaryDirectory('ledger')
  const server = await startServer()
  const { sessionId, host } = await openSession(server)
  const resident = await client(server.url)
  const { question } = await resident.request('question:submit', questionInput(sessionId))
  const target = { sessionId, questionId: question.id }
  await host.request('question:act', { ...target, action: 'edit', text: '改正的说法', expectedVersion: 1 })
  await host.request('question:act', { ...target, action: 'decline', code: 'off_topic', reason: '与主题无关', expectedVersion: 2 })
  const response = await fetch(`${server.url}/api/sessions/${sessionId}/ledger`)
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename=ledger-${sessionId}.json`)
  download = (await response.json()) as LedgerFile
})

describe('a downloaded ledger', () => {
  test('holds, and tells what happened without telling who or what was written', () => {
    expect(download.entries.map(({ action }) => action)).toEqual(['create', 'open_backstage', 'start', 'submit', 'edit', 'decline'])
    expect(download.entries.at(-1)).toMatchObject({ number: 1, from: 'pending', to: 'declined', role: 'host', reason: '与主题无关' })
    expect(JSON.stringify(download)).not.toContain('改正的说法')
    expect(verify(download)).toEqual({ code: 0, printed: `holds: 6 entries, head ${download.head}` })
  })

  test.each<[string, (file: LedgerFile) => void, string]>([
    ['a reason edited', (file) => (file.entries[5]!.reason = '重复'), 'entry 6: hash'],
    ['a time edited', (file) => (file.entries[2]!.at = '2026-01-01T00:00:00.000Z'), 'entry 3: hash'],
    ['an entry deleted', (file) => file.entries.splice(3, 1), 'entry 4: index'],
    ['an entry deleted and the rest renumbered', (file) => (file.entries.splice(3, 1), file.entries.forEach((entry, position) => (entry.index = position + 1))), 'entry 4: previous'],
    ['two entries exchanged', (file) => file.entries.splice(2, 2, file.entries[3]!, file.entries[2]!), 'entry 3: index'],
    ['the end cut off', (file) => file.entries.splice(4), 'the head: head'],
    ['all cut off', (file) => file.entries.splice(0), 'the head: head'],
    ['an entry added', (file) => file.entries.push({ ...file.entries[5]!, index: 7 }), 'entry 7: previous'],
    [
      'an entry rewritten with a hash of its own',
      (file) => {
        const { hash: _hash, ...entry } = { ...file.entries[4]!, actor: 'somebody' }
        file.entries[4] = { ...entry, hash: entryHash(entry) }
      },
      'entry 6: previous',
    ],
    ['another session', (file) => (file.sessionId = 'othersess1'), 'entry 1: session'],
    ['another head', (file) => (file.head = '0'.repeat(64)), 'the head: head'],
  ])('%s is named', (_name, change, where) => {
    const [place = '', problem = ''] = where.split(': ')
    const { code, printed } = verify(tampered(change))
    expect(code).toBe(1)
    // In between, in words: which step of which question.
    expect(printed).toMatch(new RegExp(`^broken at ${place}\\b.*\\[${problem}\\]$`))
  })

  test('from before there were seals and details still holds', () => {
    const { seal: _seal, ...old } = download
    const entries = old.entries.map(({ detail, ...entry }) => (detail === null ? entry : { ...entry, detail }))
    expect(verify({ ...old, version: 1, entries })).toEqual({ code: 0, printed: `holds: 6 entries, head ${download.head}` })
  })

  test('is held against a head that somebody noted', () => {
    expect(verify(download, '--head', download.entries[3]!.hash.toUpperCase())).toMatchObject({ code: 0, printed: `holds: 6 entries, head ${download.head}; the head that you noted is entry 4` })
    expect(verify(download, '--head', 'f'.repeat(64))).toMatchObject({ code: 1, printed: expect.stringMatching(/^broken: .*\[noted\]$/) as string })
    expect(verify(download, '--head', 'f00')).toMatchObject({ code: 2 })
    expect(verify(download, '--heads')).toMatchObject({ code: 2 })
  })

  test.each<[string, unknown]>([
    ['something else', { hello: 'world' }],
    ['no JSON', 'hello'],
    ['an unknown field', { extra: 1 }],
  ])('%s is no ledger', (_name, content) => {
    const { code, printed } = verify(typeof content === 'object' && content !== null && 'extra' in content ? { ...download, ...content } : content)
    expect(code).toBe(2)
    expect(printed).toMatch(/^FILE: /)
  })
})
