import { expect, test } from 'vitest'
import { DEFAULT_SITE } from '../../shared/site.ts'
import type { SiteView } from '../../shared/site.ts'
import { createSessionPictures } from './picture.ts'
import type { Shared } from './rules.ts'

const SESSION: Shared = { id: 'symposium1', kind: 'symposium', title: '面对面', topic: '', introduction: '', startsAt: '2026-11-22T01:30:00.000Z', phase: 'announced', version: 3, attendance: { venue: '一楼报告厅', seats: 0, applyUntil: null } }

test('the picture is another once the hall is, though the session has the same version', async () => {
  const pictures = createSessionPictures({ emblem: async () => null })
  const site: SiteView = { ...DEFAULT_SITE.branding, url: 'http://localhost', privacy: null, identity: { phone: false, providers: [] } }
  const of = async (venue: string) => (await pictures.of({ ...SESSION, attendance: { ...SESSION.attendance, venue } }, site, '访谈', 300)).key
  expect(await of('一楼报告厅')).toBe(await of('一楼报告厅'))
  expect(await of('二楼会议室')).not.toBe(await of('一楼报告厅'))
})
