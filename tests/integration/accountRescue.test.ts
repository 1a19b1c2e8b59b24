import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Me } from '../../shared/accounts.ts'
import type { SignInStep } from '../../shared/staff.ts'
import { createPerson } from '../support/person.ts'
import { startProgram } from '../support/program.ts'
import { startServer } from '../support/server.ts'
import { PASSWORD, addSecondFactor, tokenOf } from '../support/staff.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRET = 'the same for both programs'
const NEXT = 'ein ganz anderes wort'

test('whoever runs the machine gets the last administrator in again, while the server runs', async () => {
  const server = await startServer({ env: { NODE_ENV: 'production', DEMONSTRATION: '', SECRET } })
  const rescue = async (...args: string[]) => {
    const program = startProgram(process.execPath, ['scripts/account-rescue.ts', ...args], { cwd: ROOT, env: { ...process.env, DATA_DIR: server.dataDir, PUBLIC_URL: server.url, SECRET, DATABASE_URL: '' } })
    const code = await program.ended
    return { code, printed: program.output().trim() }
  }
  const [, printed = ''] = /(http\S+\/setup#\S+)/.exec(server.output()) ?? []
  const person = await createPerson(server.url)
  const admin = { username: 'wang', name: '王主任', password: PASSWORD }
  await person.send<SignInStep>('POST', '/api/setup', { token: tokenOf(printed), siteName: '清河县', ...admin })
  await addSecondFactor({ now: () => new Date() }, { person, ...admin, secret: '', recovery: [], confirmedBy: '' })

  expect(await rescue()).toEqual({ code: 2, printed: 'usage: npm run account:rescue -- USERNAME [--second-factor]' })
  expect(await rescue('wang', '--other')).toMatchObject({ code: 2 })
  expect(await rescue('nobody')).toEqual({ code: 1, printed: 'there is no such account' })
  for (let at = 0; at < 5; at++) await expect(createPerson(server.url).then((stranger) => stranger.send('POST', '/api/sign-in', { username: 'wang', password: 'wrong' }))).rejects.toMatchObject({ refusal: { code: 'wrong_credentials' } })

  const accept = async (url: string) => {
    const browser = await createPerson(server.url)
    return { browser, step: await browser.send<SignInStep>('POST', '/api/invitations/accept', { token: tokenOf(url), username: 'wang', name: '王主任', password: NEXT }) }
  }
  const first = await rescue('WANG')
  expect(first).toMatchObject({ code: 0, printed: expect.stringMatching(/^http:\S+\/invite\/[\w-]{43}$/) as string })
  expect((await accept(first.printed)).step).toMatchObject({ state: 'code' })
  const { browser, step } = await accept((await rescue('wang', '--second-factor')).printed)
  expect(step).toEqual({ state: 'done' })
  expect(await browser.get<Me>('/api/me')).toMatchObject({ account: { username: 'wang', role: 'admin', secondFactor: 'required' } })
})
