import { randomUUID } from 'node:crypto'
import { DEFAULT_SITE } from '../../shared/site.ts'
import type { ChangeSetting } from '../../shared/site.ts'
import type { Core } from '../core.ts'
import { defaultNotice } from '../site/defaultNotice.ts'

const NAME = '某县在线访谈'

/** The departments that the scripts' guests speak for. */
const DEPARTMENTS = [
  { name: '县住房和城乡建设局', code: 'ZJ', duty: '住房保障、城乡建设、查违拆违、物业管理', leader: '周启明' },
  { name: '县自然资源和规划局', code: 'ZR', duty: '国土空间规划、矿产资源管理与矿山生态修复', leader: '' },
  { name: '县教育局', code: 'JY', duty: '学校招生、校车、课后服务', leader: '沈雅琴' },
  { name: '县交通运输局', code: 'JT', duty: '公路、公交与客运', leader: '郑海波' },
]

/** Those that are there already stay: a first start may have been broken off. @returns ids by name */
export async function seedDepartments(core: Core, adminPerson: string): Promise<Map<string, string>> {
  const ids = new Map((await core.departments.list()).map(({ id, name }) => [name, id]))
  for (const department of DEPARTMENTS.filter(({ name }) => !ids.has(name))) {
    const { id } = await core.departments.create(adminPerson, '', { id: randomUUID(), ...department, verified: true })
    ids.set(department.name, id)
  }
  return ids
}

/** Names the site, prints one-time codes at the terminal, and publishes the privacy notice. Comes last: from then on everybody is asked to agree. */
export async function seedSite(core: Core, adminPerson: string): Promise<void> {
  const changes: ChangeSetting[] = [
    { key: 'branding', expectedVersion: 0, value: { ...DEFAULT_SITE.branding, name: NAME, footer: '某县融媒体中心主办 · 这是一个演示站点' } },
    { key: 'identity', expectedVersion: 0, value: { ...DEFAULT_SITE.identity, sms: { kind: 'console' } } },
    { key: 'privacy', expectedVersion: 0, value: defaultNotice({ name: NAME, retention: DEFAULT_SITE.retention }) },
  ]
  for (const change of changes) await core.site.change(adminPerson, '', change)
}
