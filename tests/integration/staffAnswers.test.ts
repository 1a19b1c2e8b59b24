import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { ACCOUNTS_OPERATIONS } from '../../server/api/operations.accounts.ts'
import type { Ack } from '../../shared/protocol/errors.ts'
import type { AccountView, InvitationMade, SecondFactorOffer, SignInStep, StaffMember } from '../../shared/staff.ts'
import { openApp } from '../support/app.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { PASSWORD, codeOf, tokenOf } from '../support/staff.ts'

const NEXT = 'ein ganz anderes wort'

test('every route of staff answers as it is described, and refuses whoever may not', async () => {
  const opened = await openApp()
  const { url, now } = opened
  const left = new Set(ACCOUNTS_OPERATIONS.map(({ method, path }) => `${method} ${path}`))

  /** One request whose answer is held against its description. */
  async function ask<T>(person: Person, name: string, body?: object, path = name.split(' ')[1] ?? ''): Promise<T> {
    const operation = ACCOUNTS_OPERATIONS.find((candidate) => `${candidate.method} ${candidate.path}` === name)
    if (operation?.answer.kind !== 'data') throw new Error(`${name} is not described`)
    const response = await person.fetch(path, { method: operation.method.toUpperCase(), ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}) })
    const answer = (await response.json()) as Ack<T>
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
    expect(operation.answer.schema.safeParse(answer.data).error?.issues ?? [], name).toEqual([])
    left.delete(name)
    return answer.data
  }

  const [admin, staff, stranger] = [await createPerson(url), await createPerson(url), await createPerson(url)]
  await ask(stranger, 'get /api/setup')
  const printed = await opened.app.core.staff.setup.address()
  await ask(admin, 'post /api/setup', { token: tokenOf(printed ?? ''), siteName: '清河县', username: 'wang', name: '王主任', password: PASSWORD })
  const { secret } = await ask<SecondFactorOffer>(admin, 'post /api/account/second-factor', { password: PASSWORD })
  await ask(admin, 'put /api/account/second-factor', { code: codeOf(secret, now()) })
  const { codes } = await ask<{ codes: string[] }>(admin, 'post /api/account/recovery-codes', { password: PASSWORD })

  const invitation = { id: randomUUID(), name: '李敏', role: 'officer', departmentId: null }
  const { url: link } = await ask<InvitationMade>(admin, 'post /api/admin/invitations', invitation)
  await ask(admin, 'get /api/admin/invitations')
  await ask(staff, 'post /api/invitations/look', { token: tokenOf(link) })
  await ask(staff, 'post /api/invitations/accept', { token: tokenOf(link), username: 'li.min', name: '李敏', password: PASSWORD })
  await ask(admin, 'delete /api/admin/invitations/:id', undefined, `/api/admin/invitations/${invitation.id}`)
  const [, member] = await ask<StaffMember[]>(admin, 'get /api/admin/people')
  if (!member) throw new Error('the account is not listed')
  const { id, name, post, departmentId, spokesperson, role, version } = member
  await ask(admin, 'put /api/admin/people/:id', { name, post, departmentId, spokesperson, role, disabled: false, expectedVersion: version }, `/api/admin/people/${id}`)
  await ask(admin, 'post /api/admin/people/:id/act', { action: 'reset' }, `/api/admin/people/${id}/act`)

  await ask(staff, 'put /api/account/password', { current: PASSWORD, next: NEXT })
  const other = await createPerson(url)
  expect(await ask<SignInStep>(other, 'post /api/sign-in', { username: 'li.min', password: NEXT })).toEqual({ state: 'done' })
  const { signIns } = await ask<AccountView>(staff, 'get /api/account')
  await ask(staff, 'delete /api/account/sign-ins/:id', undefined, `/api/account/sign-ins/${signIns.find(({ current }) => !current)?.id ?? ''}`)
  await ask(staff, 'delete /api/account/sign-ins')
  const step = await ask<SignInStep>(other, 'post /api/sign-in', { username: 'WANG ', password: PASSWORD })
  if (step.state !== 'code') throw new Error('no code is asked for')
  await ask(other, 'post /api/sign-in/code', { ticket: step.ticket, code: codes[0] })
  await ask(other, 'post /api/account/second-factor/remove', { password: PASSWORD, code: codes[1] })
  expect([...left]).toEqual([])

  for (const { method, path, needs, errors } of ACCOUNTS_OPERATIONS) {
    if (needs === null) continue
    const response = await stranger.fetch(path.replace(':id', randomUUID()), { method: method.toUpperCase() })
    // What comes without a body that fits is told so first, where there is one.
    expect([403, 400], `${method} ${path}`).toContain(response.status)
    expect(errors).toContain('forbidden')
  }
})
