import type { PublicHand } from '../../../shared/floor.ts'
import { NOW } from '../../sessions/fixtures.test-support.ts'

export const hand = (number: number, more: Partial<PublicHand> = {}): PublicHand => ({
  id: `h${number}`,
  number,
  name: `网友${number}`,
  place: 'hall',
  forum: null,
  topicId: null,
  tableId: null,
  questionId: null,
  state: 'waiting',
  turns: 0,
  about: null,
  raisedAt: NOW,
  calledAt: null,
  startedAt: null,
  endedAt: null,
  seconds: 120,
  camera: false,
  outOfTurn: null,
  version: 1,
  ...more,
})
