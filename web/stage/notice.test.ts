import { describe, expect, it } from 'vitest'
import { noticeFor } from './notice.ts'
import type { Notice, NoticeFacts } from './notice.ts'

const viewer: NoticeFacts = { audience: 'viewer', phase: 'live', cut: false, status: 'playing', people: 1, supported: true }
const backstage: NoticeFacts = { ...viewer, audience: 'backstage' }

describe('noticeFor', () => {
  it.each<[string, NoticeFacts, Notice | null]>([
    ['a live picture needs no words', viewer, null],
    ['a page that does not know the phase', { ...viewer, phase: null }, null],
    ['before', { ...viewer, phase: 'announced', status: 'idle', people: 0 }, 'announced'],
    ['before, for a guest', { ...backstage, phase: 'announced', status: 'idle', people: 0 }, 'closed'],
    ['guests are getting ready', { ...viewer, phase: 'backstage', status: 'waiting', people: 0 }, 'soon'],
    ['guests among themselves', { ...backstage, phase: 'backstage' }, null],
    ['nobody backstage', { ...backstage, phase: 'backstage', status: 'waiting', people: 0 }, 'empty'],
    ['live without anybody', { ...viewer, status: 'waiting', people: 0 }, 'nobody'],
    ['joining', { ...viewer, status: 'connecting', people: 0 }, 'connecting'],
    ['joined, faces before the first frame', { ...viewer, status: 'connecting' }, null],
    ['paused', { ...viewer, phase: 'paused', status: 'waiting', people: 0 }, 'paused'],
    ['paused, backstage goes on', { ...backstage, phase: 'paused' }, null],
    ['cut off', { ...viewer, phase: 'paused', cut: true, status: 'recovering', people: 0 }, 'interrupted'],
    ['cut off, backstage goes on', { ...backstage, phase: 'paused', cut: true }, null],
    ['cut off, and ended so', { ...viewer, phase: 'ended', cut: true, status: 'idle' }, 'ended'],
    ['lost', { ...viewer, status: 'recovering' }, 'recovering'],
    ['given up', { ...viewer, status: 'unavailable' }, 'unavailable'],
    ['opened elsewhere', { ...backstage, status: 'replaced' }, 'replaced'],
    ['over', { ...viewer, phase: 'ended', status: 'idle' }, 'ended'],
    ['in the archive', { ...viewer, phase: 'archived', status: 'idle' }, 'ended'],
    ['cancelled', { ...viewer, phase: 'cancelled', status: 'idle' }, 'cancelled'],
    ['a browser without WebRTC', { ...viewer, status: 'unavailable', supported: false }, 'unsupported'],
  ])('%s', (_name, facts, expected) => expect(noticeFor(facts)).toBe(expected))
})
