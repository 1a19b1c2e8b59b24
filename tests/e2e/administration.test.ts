import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PlatformRole } from '../../shared/accounts.ts'
import type { Department } from '../../shared/departments.ts'
import { ALL_PERMISSIONS, PERMISSIONS } from '../../shared/rules/permissions.ts'
import { DESKTOP, PHONE, openBrowser, visitor } from '../support/browser.ts'
import { client } from '../support/client.ts'
import { openSession, questionInput } from '../support/fixtures.ts'
import { createPerson } from '../support/person.ts'
import type { Person } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import type { TestServer } from '../support/server.ts'
import { PASSWORD, addSecondFactor, join, tokenOf } from '../support/staff.ts'
import { until } from '../support/until.ts'
import { barriers } from './axe.ts'
import { adminPage } from './pages/admin.ts'
import type { AdminSection } from './pages/admin.ts'

let server: TestServer
let browser: Browser
let operator: Person
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  operator = await createPerson(server.url, { link: server.links.host })
})

/** Whoever runs the installation, in a browser. */
async function administrator(options: BrowserContextOptions = {}) {
  const { page, troubles } = await visitor(browser, server.url, { viewport: DESKTOP, ...options })
  const admin = adminPage(page, server.url)
  await admin.comeIn(server.links.host)
  return { ...admin, troubles }
}

/** Somebody of the staff, signed in in a browser; `factor`: with a second one. */
async function staffAt(role: PlatformRole, factor = false) {
  const somebody = await join(server, operator, { role, username: `u${randomUUID().slice(0, 8)}` })
  const { person } = factor ? await addSecondFactor({ now: () => new Date() }, somebody) : somebody
  const { page } = await visitor(browser, server.url, { viewport: DESKTOP })
  await page.context().addCookies(person.cookie.split('; ').map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1), url: server.url })))
  return adminPage(page, server.url)
}

const addDepartment = (name: string, code: string): Promise<Department> => operator.send('POST', '/api/admin/departments', { id: randomUUID(), name, code, duty: '', leader: '', verified: true })

test('departments are added, corrected and archived', async () => {
  const admin = await administrator()
  const { page, troubles } = admin
  await admin.open('departments')
  await page.getByTestId('department-add').click()
  await admin.submit()
  expect(await admin.dialog.getByText('请填写此项').count()).toBeGreaterThan(0)
  await page.getByTestId('department-name').fill('水利局')
  await page.getByTestId('department-code').fill('SL')
  await page.getByTestId('department-verified').click()
  await admin.submit()
  await admin.department('SL').getByText('实名账号').waitFor()

  await page.getByTestId('department-add').click()
  await page.getByTestId('department-name').fill('另一个局')
  await page.getByTestId('department-code').fill('SL')
  await admin.submit()
  await admin.dialog.getByText('这个代码已被其他部门使用，请换一个。').waitFor()
  await page.getByTestId('department-code').fill('LY')
  await admin.submit()

  await admin.department('LY').getByTestId('department-archive').click()
  await admin.confirm('停用')
  await admin.department('LY').getByTestId('department-restore').waitFor()
  // The browser says of itself that the taken code was refused.
  expect(troubles.filter((trouble) => !trouble.includes('409'))).toEqual([])
})

test('what a colleague saved meanwhile is not overwritten unseen', async () => {
  const made = await addDepartment('民政局', 'MZ')
  const admin = await administrator()
  await admin.open('departments')
  await admin.department('MZ').getByTestId('department-edit').click()
  const { id, name, code, duty, verified, archived, version } = made
  await operator.send('PUT', `/api/admin/departments/${id}`, { name, code, duty, verified, archived, leader: '同事填的', expectedVersion: version })
  await admin.page.getByTestId('department-leader').fill('我填的')
  await admin.submit()
  await admin.page.getByTestId('stale').waitFor()
  await admin.page.getByTestId('stale-adopt').click()
  expect(await admin.page.getByTestId('department-leader').inputValue()).toBe('同事填的')
  await admin.page.getByTestId('department-leader').fill('商量好的')
  await admin.submit()
  await admin.department('MZ').getByText('商量好的').waitFor()
})

test('a colleague is invited, placed in a department, helped and let go', async () => {
  const { code } = await addDepartment('教育局', 'JY')
  const admin = await administrator()
  const { page } = admin
  await admin.open('people')
  await page.getByTestId('invite').click()
  await page.getByTestId('invite-name').fill('李敏')
  await admin.choose('invite-department', '教育局')
  await admin.submit()
  const link = await admin.takeLink()
  await page.getByTestId('invitation').getByText('李敏').waitFor()

  const person = await createPerson(server.url)
  await person.send('POST', '/api/invitations/accept', { token: tokenOf(link), username: 'li.min', name: '李敏', password: PASSWORD })
  await page.reload()
  await admin.person('li.min').getByText('信息员').waitFor()
  await admin.person('li.min').getByTestId('person-edit').click()
  await page.getByTestId('person-post').fill('办公室主任')
  await page.getByTestId('person-spokesperson').click()
  await admin.submit()
  await admin.person('li.min').getByText('教育局 · 办公室主任').waitFor()
  await admin.person('li.min').getByText('新闻发言人').waitFor()
  await page.getByTestId('people-search').fill('教育局 主任')
  expect(await page.getByTestId('person').count()).toBe(1)

  expect(await admin.more('li.min')).toEqual(['重置密码', '在所有设备上退出'])
  await page.getByRole('menuitem', { name: '在所有设备上退出' }).click()
  await admin.confirm('在所有设备上退出')
  await until(async () => (await person.fetch('/api/account')).status !== 200, 'the sign-in to be over')
  await admin.more('li.min')
  await page.getByRole('menuitem', { name: '重置密码' }).click()
  await admin.confirm('重置密码')
  expect(await admin.takeLink()).toContain(server.url)

  await admin.open('departments')
  await admin.department(code).getByTestId('department-officers').getByText('李敏').waitFor()
  await admin.open('people')
  await admin.person('li.min').getByTestId('person-edit').click()
  await page.getByTestId('person-disabled').click()
  await admin.submit()
  await admin.person('li.min').getByTestId('person-is-disabled').waitFor()
})

test('the last administrator cannot be taken away, and an invitation can', async () => {
  await join(server, operator, { role: 'admin', username: 'wang', name: '王主任' })
  const admin = await administrator()
  const { page } = admin
  await admin.open('people')
  await admin.person('wang').getByTestId('person-edit').click()
  await admin.choose('person-role', '督办员')
  await admin.submit()
  await page.getByTestId('dialog-refused').getByText('最后一名').waitFor()
  await admin.dialog.getByRole('button', { name: '取消' }).click()

  await operator.send('POST', '/api/admin/invitations', { id: randomUUID(), name: '不来了', role: 'staff', departmentId: null })
  await page.reload()
  const invitation = page.getByTestId('invitation').filter({ hasText: '不来了' })
  await invitation.getByTestId('invitation-revoke').click()
  await admin.confirm('作废')
  await invitation.waitFor({ state: 'detached' })
})

test('the matrix shows exactly what the rules say', async () => {
  const admin = await administrator()
  await admin.open('permissions')
  const shown = await admin.page.getByTestId('matrix').evaluate((table) => {
    const roles = [...table.querySelectorAll<HTMLElement>('[data-role]')].map((cell) => cell.dataset['role'] ?? '')
    return [...table.querySelectorAll<HTMLElement>('[data-permission]')].map((row) => ({
      permission: row.dataset['permission'] ?? '',
      roles: [...row.querySelectorAll<HTMLElement>('td')].flatMap((cell, index) => (cell.dataset['allowed'] === 'true' ? [roles[index] ?? ''] : [])),
    }))
  })
  const sorted = (rows: readonly { permission: string; roles: readonly string[] }[]) => rows.map(({ permission, roles }) => ({ permission, roles: roles.toSorted() })).toSorted((a, b) => a.permission.localeCompare(b.permission))
  expect(sorted(shown)).toEqual(sorted(ALL_PERMISSIONS.map((permission) => ({ permission, roles: PERMISSIONS[permission] }))))
  await admin.choose('matrix-role', '审核员')
  expect(await admin.page.getByTestId('matrix').locator('[data-role]').allInnerTexts()).toEqual(['审核员'])
})

test('a live session is cut off with one press, and the way back is shown', async () => {
  const { sessionId, host } = await openSession(server)
  const admin = await administrator()
  await admin.open('sessions')
  const row = admin.session(sessionId)
  await row.getByTestId('cut').click()
  await row.getByTestId('is-cut').waitFor()
  const { snapshot } = await host.request('session:join', { sessionId, as: 'desk', since: null })
  expect(snapshot?.session).toMatchObject({ phase: 'paused', intake: { paused: true, cut: { reason: '' } } })
  await row.getByTestId('cut-reason').fill('核实一条消息')
  await row.getByTestId('cut-explain').click()
  await row.getByTestId('is-cut').getByText('核实一条消息').waitFor()
  await row.getByTestId('undo-cut').click()
  await admin.page.getByTestId('desk').waitFor()
  expect(new URL(admin.page.url()).pathname).toBe(`/s/${sessionId}/desk`)
})

test('a look-up asks for a reason, shows who it was, and stands in the log', async () => {
  const { sessionId } = await openSession(server)
  const resident = await client(server.url)
  await resident.request('question:submit', questionInput(sessionId, '石矿什么时候复绿？'))
  const admin = await administrator()
  const { page } = admin
  await admin.open('lookups')
  await page.getByTestId('look-up-session').click()
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Escape')
  const found = await operator.get<{ id: string; title: string }[]>('/api/admin/sessions')
  await page.getByTestId('look-up-session').click()
  await page.getByRole('option').nth(found.findIndex(({ id }) => id === sessionId)).click()
  await page.getByTestId('said').filter({ hasText: '石矿什么时候复绿？' }).locator('input').check()
  await page.getByTestId('look-up-reason').fill('太短')
  await page.getByTestId('look-up-submit').click()
  await page.getByTestId('look-up-form').getByText('请填写此项').waitFor()
  await page.getByTestId('look-up-reason').fill('公安机关协查函 2026-17 号')
  await page.getByTestId('look-up-submit').click()
  await page.getByTestId('look-up-logged').waitFor()
  await page.getByTestId('look-up-result').getByText('发言者没有做过实名验证。').waitFor()
  await admin.entries('look_up').getByText('公安机关协查函 2026-17 号').first().waitFor()
})

test('the log is filtered, said in words, and taken along as a table', async () => {
  await addDepartment('审计测试局', 'SJ')
  const admin = await administrator()
  const { page } = admin
  await admin.open('audit')
  await admin.choose('audit-action', '维护部门')
  await admin.entries('department').filter({ hasText: '审计测试局' }).waitFor()
  await until(async () => (await page.getByTestId('audit-entry').count()) === (await admin.entries('department').count()), 'only departments to be listed')
  expect(await admin.entries('department').filter({ hasText: '审计测试局' }).innerText()).toMatch(/操作 添加[\s\S]*代码 SJ[\s\S]*实名账号 是/)
  const downloading = page.waitForEvent('download')
  await page.getByTestId('audit-csv').click()
  const table = await readFile(await (await downloading).path(), 'utf8')
  expect(table).toContain('审计测试局')
  await page.getByTestId('audit-actor').fill('没有这个人')
  await page.getByText('没有记录').waitFor()
})

test('who may less is shown less', async () => {
  const unsafe = await staffAt('supervisor')
  await unsafe.page.goto(`${server.url}/admin`)
  await unsafe.page.getByRole('alert').getByText('请先设置两步验证').waitFor()
  const supervisor = await staffAt('supervisor', true)
  await supervisor.page.goto(`${server.url}/admin`)
  const links = supervisor.page.getByTestId('admin-overview').locator('a')
  await links.first().waitFor()
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(paths).toEqual(expect.arrayContaining(['/admin/sessions', '/admin/audit', '/admin/permissions']))
  for (const path of ['/admin/people', '/admin/departments', '/admin/lookups', '/admin/webhooks']) expect(paths).not.toContain(path)
  await supervisor.page.goto(`${server.url}/admin/people`)
  await supervisor.page.getByRole('alert').getByText('您没有管理权限').waitFor()
  const staff = await staffAt('staff')
  await staff.page.goto(`${server.url}/admin`)
  await staff.page.getByRole('alert').getByText('您没有管理权限').waitFor()
})

describe.each([
  ['zh-CN', 'a phone', PHONE],
  ['en-US', 'a desktop', DESKTOP],
] as const)('in %s on %s', (locale, _device, viewport) => {
  const SECTIONS: [AdminSection, string][] = [
    ['people', 'people-search'],
    ['departments', 'department'],
    ['permissions', 'matrix'],
    ['sessions', 'admin-session'],
    ['audit', 'audit-entry'],
    ['lookups', 'look-up-form'],
  ]
  test('every section is accessible, with its dialogs', async () => {
    await addDepartment('农业农村局', `N${randomUUID().slice(0, 6)}`)
    await openSession(server)
    const admin = await administrator({ locale, viewport })
    const { page } = admin
    await page.goto(`${server.url}/admin`)
    await page.getByTestId('admin-overview').waitFor()
    expect(await barriers(page), 'overview').toEqual([])
    for (const [section, ready] of SECTIONS) {
      await admin.open(section)
      await page.getByTestId(ready).first().waitFor()
      expect(await barriers(page), section).toEqual([])
    }
    await admin.open('people')
    await page.getByTestId('invite').click()
    await page.getByTestId('invite-form').waitFor()
    expect(await barriers(page), 'invite').toEqual([])
    await admin.open('departments')
    await page.getByTestId('department-add').click()
    await admin.submit()
    expect(await barriers(page), 'department form').toEqual([])
  })
})
