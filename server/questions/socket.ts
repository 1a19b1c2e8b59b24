import type { Logger } from 'pino'
import { questionActSchema, submitQuestionSchema } from '../../shared/questions.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { QuestionService } from './service.ts'

export function questionSockets(deps: { service: QuestionService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address } = socket.data
    socket.on('question:submit', handler(submitQuestionSchema, async (input) => ({ question: await service.submit(personId, address, input) }), log, 'question:submit'))
    socket.on('question:act', handler(questionActSchema, async (input) => ({ version: await service.act(personId, input) }), log, 'question:act'))
  }
}
