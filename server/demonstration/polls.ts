import { randomUUID } from 'node:crypto'
import type { Core } from '../core.ts'
import type { SavePoll } from '../../shared/polls.ts'

/** A poll of the demonstration. `given`: how many chose each option; for a rating, each of 1 to 5. */
export type PollScript = { kind: 'single' | 'rating'; title: string; options: string[]; given: number[]; closed: boolean }

/** Opens a poll and lets `people` answer it, one each. */
export async function playPoll(core: Core, hostPerson: string, sessionId: string, people: readonly string[], script: PollScript): Promise<void> {
  const options = script.options.map((text) => ({ id: randomUUID(), text }))
  const input: SavePoll = { sessionId, id: randomUUID(), expectedVersion: null, kind: script.kind, title: script.title, options, maxChoices: 1, showResults: 'live' }
  const { version } = await core.polls.save(hostPerson, input)
  const opened = await core.polls.act(hostPerson, { sessionId, pollId: input.id, expectedVersion: version, action: 'open' })
  const choices = script.given.flatMap((count, index) => Array.from({ length: count }, () => (script.kind === 'rating' ? String(index + 1) : (options[index]?.id ?? ''))))
  await Promise.all(choices.map((choice, index) => core.pollAnswers.answer(people[index] ?? randomUUID(), { sessionId, pollId: input.id, choices: [choice] })))
  if (script.closed) await core.polls.act(hostPerson, { sessionId, pollId: input.id, expectedVersion: opened, action: 'close' })
}
