import type { DeskQuestion } from '../../../shared/questions.ts'

/** A question for unit tests: number 1 unless told, id made of the number. */
export function aQuestion(over: Partial<DeskQuestion> = {}): DeskQuestion {
  const number = over.number ?? 1
  const text = over.text ?? `问题 ${number}`
  return {
    id: `q${number}`,
    number,
    text,
    originalText: text,
    name: null,
    state: 'pending',
    votes: 0,
    submittedAt: '2026-11-22T01:30:00.000Z',
    askedAt: null,
    answeredAt: null,
    edited: false,
    version: 1,
    publicAt: null,
    timeLimit: null,
    answer: null,
    topicId: null,
    guestId: null,
    pictureId: null,
    channel: 'web',
    forum: null,
    asked: 'during',
    follows: null,
    merged: 0,
    objections: 0,
    setAside: null,
    reasonCode: null,
    reason: null,
    held: [],
    notes: [],
    mergedInto: null,
    enteredBy: null,
    asker: 'p1',
    ...over,
  }
}
