import { expect, test } from 'vitest'
import { LEDGER_GENESIS } from '../../shared/ledger.ts'
import { PHASE_STEPS } from '../../shared/rules/sessionLifecycle.ts'
import { EMPTY_AGENDA } from '../../shared/agenda.ts'
import { EMPTY_FLOOR } from '../../shared/floor.ts'
import { DEFAULT_SETTINGS, OPEN_INTAKE } from '../../shared/sessions.ts'
import type { Guest } from '../../shared/sessions.ts'
import { cutPatch, editPatch, phasePatch, sessionSummary, sessionView, withChat } from './rules.ts'
import type { StoredSession } from './rules.ts'

const NOW = '2026-11-22T02:00:00.000Z'
const EARLIER = '2026-11-22T01:00:00.000Z'
const guest = (id: string): Guest => ({ id, name: id, post: '', department: '', pictureId: null, departmentId: null, spokesperson: false })
const session = (over: Partial<StoredSession> = {}): StoredSession => ({
  id: 'session1',
  kind: 'interview',
  title: 't',
  topic: '',
  introduction: '',
  startsAt: NOW,
  plannedMinutes: 60,
  guests: [guest('a'), guest('b')],
  settings: { ...DEFAULT_SETTINGS, askBefore: false },
  intake: OPEN_INTAKE,
  seal: null,
  words: ['word-secret'],
  pollCount: 0,
  phase: 'announced',
  version: 4,
  wentLiveAt: null,
  endedAt: null,
  createdAt: EARLIER,
  onAir: ['a', 'host'],
  muted: [],
  agenda: EMPTY_AGENDA,
  floor: EMPTY_FLOOR,
  attendance: { version: 0, venue: '', seats: 0, quotas: [], applyUntil: null, hallCode: '' },
  announcement: null,
  handCount: 0,
  spotCount: 0,
  createdBy: 'person-secret',
  seq: 9,
  questionCount: 2,
  ledgerIndex: 5,
  ledgerHead: LEDGER_GENESIS,
  ...over,
})

test.each(PHASE_STEPS)('$from → $to', (step) => {
  const before = session({ phase: step.from, wentLiveAt: step.from === 'paused' ? EARLIER : null })
  const over = step.to === 'ended' || step.to === 'cancelled'
  expect(phasePatch(before, step, NOW)).toEqual({
    phase: step.to,
    version: 5,
    wentLiveAt: step.from === 'paused' ? EARLIER : step.to === 'live' ? NOW : null,
    endedAt: over ? NOW : null,
    onAir: over ? [] : ['a', 'host'],
  })
})

test('a guest who is no longer invited leaves the stage; hosts and the others stay', () => {
  const { id: _id, phase: _phase, version: _version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, ...edit } = sessionView(session())
  expect(editPatch(session(), { ...edit, guests: [guest('b'), guest('c')], title: 'new', expectedVersion: 4 })).toMatchObject({ title: 'new', version: 5, onAir: ['host'] })
  expect(editPatch(session(), { ...edit, expectedVersion: 4 })).toMatchObject({ onAir: ['a', 'host'] })
})

test('the public view holds nothing of the house', () => {
  expect(Object.keys(sessionView(session()))).not.toEqual(expect.arrayContaining(['createdBy']))
  for (const view of [sessionView(session()), sessionSummary(session(), 1)]) expect(JSON.stringify(view)).not.toMatch(/person-secret|word-secret/)
  expect(sessionSummary(session(), 1)).toMatchObject({ questions: 2, answered: 1, askBefore: false })
})

test('chat settings leave the others alone', () => {
  expect(withChat(session().settings, { chatEnabled: false, chatSlowSeconds: 9 })).toEqual({ ...DEFAULT_SETTINGS, askBefore: false, chatEnabled: false, chatSlowSeconds: 9 })
})

test('a cut-off remembers how things were, and going on brings them back', () => {
  const notice = { by: '王主持', reason: '画面不当', at: NOW }
  const before = session({ phase: 'live', intake: { ...OPEN_INTAKE, paused: true, slowSeconds: 9 }, settings: { ...DEFAULT_SETTINGS, chatEnabled: true } })
  const cut = { ...before, ...cutPatch(before, notice) }
  expect(cut).toMatchObject({ phase: 'paused', version: 5, onAir: [], intake: { paused: true, slowSeconds: 9, cut: { ...notice, before: { paused: true, chatEnabled: true } } }, settings: { chatEnabled: false } })
  expect(cutPatch(cut, notice)).toBeNull()
  for (const step of PHASE_STEPS.filter(({ from }) => from === 'paused')) {
    const after = { ...cut, ...phasePatch(cut, step, NOW) }
    if (step.action === 'resume') expect(after).toMatchObject({ intake: before.intake, settings: before.settings })
    else expect(after).toMatchObject({ intake: cut.intake, settings: cut.settings })
  }
})

test('nothing is to be cut where nothing is on air', () => {
  for (const phase of ['announced', 'backstage', 'ended', 'archived', 'cancelled'] as const) expect(cutPatch(session({ phase }), { by: '', reason: '', at: NOW })).toBeNull()
})

test('what is edited while everything is cut off holds from when it goes on', () => {
  const cut = { ...session({ phase: 'live' }), ...cutPatch(session({ phase: 'live', settings: { ...DEFAULT_SETTINGS, chatEnabled: false } }), { by: '', reason: '', at: NOW }) }
  const { id: _id, phase: _phase, version: _version, wentLiveAt: _live, endedAt: _ended, createdAt: _created, ...edit } = sessionView(cut)
  expect(editPatch(cut, { ...edit, settings: { ...edit.settings, chatEnabled: true, lateMinutes: 5 }, expectedVersion: 5 })).toMatchObject({
    settings: { chatEnabled: false, lateMinutes: 5 },
    intake: { paused: true, cut: { before: { chatEnabled: true } } },
  })
})
