import type { StoredQuestion } from './rules.ts'

/** When the question of the fixture came in. */
export const SUBMITTED_AT = '2026-11-22T01:30:00.000Z'

/** A question as the server keeps it, for tests: waiting for review, with nothing done to it yet, but for what `over` says. */
export function aStoredQuestion(over: Partial<StoredQuestion> = {}): StoredQuestion {
  return {
    id: 'q',
    sessionId: 's',
    number: 1,
    personId: 'person',
    asker: 'asker',
    text: '什么时候通车？',
    originalText: over.text ?? '什么时候通车？',
    name: null,
    state: 'pending',
    votes: 0,
    reason: null,
    receipt: 'receipt',
    receiptSealed: 'sealed',
    salt: 'salt',
    submittedAt: SUBMITTED_AT,
    publicAt: null,
    askedAt: null,
    answeredAt: null,
    timeLimit: null,
    answer: null,
    topicId: null,
    guestId: null,
    forum: null,
    pictureId: null,
    channel: 'web',
    asked: 'during',
    follows: null,
    merged: 0,
    objections: 0,
    reasonCode: null,
    held: [],
    notes: [],
    enteredBy: null,
    mergedIntoId: null,
    mergedIntoNumber: null,
    parentId: null,
    setAsideVotes: 0,
    setAsideNote: null,
    version: 1,
    ...over,
  }
}
