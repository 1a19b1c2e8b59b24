import type { Logger } from 'pino'
import { getWordsSchema, noteQuestionSchema, questionDetailsSchema, sanctionSchema, setWordsSchema } from '../../shared/moderation.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { ModerationService } from './service.ts'

export function moderationSockets(deps: { service: ModerationService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address } = socket.data
    socket.on('question:note', handler(noteQuestionSchema, (input) => service.note(personId, input), log, 'question:note'))
    socket.on('question:details', handler(questionDetailsSchema, (input) => service.details(personId, input), log, 'question:details'))
    socket.on('person:sanction', handler(sanctionSchema, (input) => service.sanction(personId, input, address), log, 'person:sanction'))
    socket.on('words:get', handler(getWordsSchema, ({ sessionId }) => service.words(personId, sessionId), log, 'words:get'))
    socket.on('words:set', handler(setWordsSchema, (input) => service.setWords(personId, input, address), log, 'words:set'))
  }
}
