import { z } from 'zod'
import { dueChoiceSchema } from '../../shared/api/spot.ts'
import { dueDateSchema, healthPartSchema, platformWordsSchema, storageSchema, workSchema } from '../../shared/api/system.ts'
import { keptSettingSchema, noticeTextSchema, privacyNoticeSchema, siteViewSchema } from '../../shared/api/site.ts'
import { dueQuerySchema } from '../../shared/administration.ts'
import { setPlatformWordsSchema } from '../../shared/moderation.ts'
import { SETTINGS, setSettingSchema, settingParamsSchema } from '../../shared/site.ts'
import { data, json } from './operation.ts'
import type { Operation } from './operation.ts'

/** The site's settings, and what every page may know of them. */
export const SITE_OPERATIONS: readonly Operation[] = [
  { method: 'get', path: '/api/site', tag: 'site', summary: 'What every page may know of this site', description: 'Its name and colour, which privacy notice holds, and how residents can make themselves known. The colour itself is at `/branding.css`.', needs: null, answer: data(siteViewSchema), errors: [] },
  { method: 'get', path: '/api/site/privacy', tag: 'site', summary: 'The privacy notice', description: '`not_found` while none is published.', needs: null, answer: data(privacyNoticeSchema), errors: ['not_found'] },
  { method: 'get', path: '/api/admin/settings', tag: 'site', summary: 'All settings', description: 'Secrets are never given out: they are empty.', needs: 'settings.manage', answer: data(z.array(keptSettingSchema)), errors: ['forbidden'] },
  { method: 'put', path: '/api/admin/settings/:key', tag: 'site', summary: 'Replace one setting', description: 'A secret that is left empty stays as it is. `stale` when it is no longer at `expectedVersion`; `current` is then what is true. A new privacy notice asks everybody anew.', needs: 'settings.manage', params: settingParamsSchema, body: json(setSettingSchema.extend({ value: z.union(Object.values(SETTINGS)) })), answer: data(keptSettingSchema), errors: ['forbidden', 'stale', 'too_large'] },
  { method: 'get', path: '/api/admin/privacy/draft', tag: 'site', summary: 'A privacy notice to begin with', description: 'Says what is kept and for how long as things stand; nothing is published by it.', needs: 'settings.manage', answer: data(noticeTextSchema), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/workdays/due', tag: 'administration', summary: 'When something handed over that day is due', description: 'At the end of the fifth working day, the first being the one after. `provisional` while the calendar of a year in it is not published.', needs: 'system.view', query: dueQuerySchema, answer: data(dueDateSchema), errors: ['forbidden'] },
  { method: 'get', path: '/api/workdays/due', tag: 'site', summary: 'Dates that are promised often', description: 'Three, five and ten working days and a month, counted from today in the county.', needs: null, answer: data(z.array(dueChoiceSchema)), errors: [] },
  { method: 'get', path: '/api/admin/words', tag: 'administration', summary: 'The installation’s sensitive words', needs: 'words.edit_all', answer: data(platformWordsSchema), errors: ['forbidden'] },
  { method: 'put', path: '/api/admin/words', tag: 'administration', summary: 'Replace them', description: '`stale` when the list is no longer at `expectedVersion`; `current` is then what is true.', needs: 'words.edit_all', body: json(setPlatformWordsSchema), answer: data(platformWordsSchema), errors: ['forbidden', 'stale', 'too_large'] },
  { method: 'get', path: '/api/admin/health', tag: 'administration', summary: 'How the machine and what it depends on stand', description: 'As of now: TURN servers and identity providers are asked.', needs: 'system.view', answer: data(z.array(healthPartSchema)), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/storage', tag: 'administration', summary: 'How much is stored', needs: 'system.view', answer: data(storageSchema), errors: ['forbidden'] },
  { method: 'get', path: '/api/admin/work', tag: 'administration', summary: 'What runs by itself', needs: 'system.view', answer: data(workSchema), errors: ['forbidden'] },
]
