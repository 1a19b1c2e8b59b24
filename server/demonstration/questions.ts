import { randomUUID } from 'node:crypto'
import type { Core } from '../core.ts'
import type { Channel, QuestionAct } from '../../shared/questions.ts'
import type { DeclineCode } from '../../shared/rules/declining.ts'

type Fate =
  | { fate: 'pending' }
  | { fate: 'approved' | 'asking'; votes: number }
  | { fate: 'declined'; code: DeclineCode; reason: string; votes?: number }
  | { fate: 'answered'; votes: number; objections?: string[] }
  /** Answered in writing: by the guest of that place, or by the office. */
  | { fate: 'replied'; votes: number; answer: string; by: number | null; objections?: string[] }
  /** Into the question of that place. */
  | { fate: 'merged'; votes: number; into: number }

/** One question and what becomes of it. `topic` and `guest` are places in the script's lists. */
export type QuestionScript = { text: string; name: string | null; topic?: number; channel?: Exclude<Channel, 'web'>; guest?: number; note?: string; /** Code of the forum in whose pages it was asked. */ forum?: string } & Fate

type Scene = { sessionId: string; host: string; people: string[]; topicIds: string[]; guestIds: string[] }
type Asked = { id: string; line: QuestionScript }
/** An act without what names the question. */
type Details<A> = A extends QuestionAct ? Omit<A, 'sessionId' | 'questionId' | 'expectedVersion'> : never

/** Asks the script's questions, as residents and as staff who enter what came by telephone. */
export async function askQuestions(core: Core, { sessionId, host, people, topicIds }: Scene, lines: readonly QuestionScript[]): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const [index, line] of lines.entries()) {
    const id = randomUUID()
    const topicId = line.topic === undefined ? null : (topicIds[line.topic] ?? null)
    const { text, name, channel, forum = null } = line
    if (channel) await core.questions.intake(host, { sessionId, id, text, name, topicId, channel })
    else await core.questions.submit((line.fate === 'merged' ? null : people[index]) ?? randomUUID(), '', { sessionId, id, text, name, topicId, pictureId: null, follows: null, forum })
    asked.push({ id, line })
  }
  return asked
}

/** Lets each question come to its fate: reviewed, voted for, merged, answered, declined, objected to. */
export async function playFates(core: Core, scene: Scene, asked: readonly Asked[]): Promise<void> {
  const { sessionId, host, people, guestIds } = scene
  const act = async (id: string, details: Details<QuestionAct>) => {
    const question = await core.stores.questions.byId(id)
    if (question) await core.questions.act(host, { ...details, sessionId, questionId: id, expectedVersion: question.version })
  }
  const object = async (id: string, reasons: readonly string[] = []) => {
    for (const [index, reason] of reasons.entries()) await core.objections.object(people[index] ?? '', { sessionId, questionId: id, reason })
  }

  for (const { id, line } of asked) {
    if (line.note) await core.moderation.note(host, { sessionId, questionId: id, id: randomUUID(), text: line.note })
    if ('votes' in line) await act(id, { action: 'approve' })
    if (line.guest !== undefined) await act(id, { action: 'assign', guestId: guestIds[line.guest] ?? null })
  }
  // Given together, the votes make one commit.
  const votes = asked.flatMap(({ id, line }) => ('votes' in line ? people.slice(0, line.votes).map((personId) => ({ id, personId })) : []))
  await Promise.all(votes.map(({ id, personId }) => core.votes.vote(personId, { address: '', userAgent: '' }, { sessionId, questionId: id, up: true })))

  for (const { id, line } of asked) if (line.fate === 'merged') await act(id, { action: 'merge', intoId: asked[line.into]?.id ?? id })
  for (const { id, line } of asked) {
    switch (line.fate) {
      case 'answered':
        await act(id, { action: 'air', replacing: null, seconds: 0 })
        await act(id, { action: 'answer' })
        await object(id, line.objections)
        break
      case 'replied':
        await act(id, { action: 'reply', text: line.answer, guestId: line.by === null ? null : (guestIds[line.by] ?? null) })
        await object(id, line.objections)
        break
      case 'declined':
        await act(id, { action: 'decline', code: line.code, reason: line.reason })
        break
      case 'pending':
      case 'approved':
      case 'asking':
      case 'merged':
        break
    }
  }
  for (const { id, line } of asked) if (line.fate === 'asking') await act(id, { action: 'air', replacing: null, seconds: 0 })
}
