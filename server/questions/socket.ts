import type { Logger } from 'pino'
import { intakeQuestionSchema } from '../../shared/moderation.ts'
import { objectionSchema, questionActSchema, questionBulkSchema, submitQuestionSchema } from '../../shared/questions.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { ObjectionService } from './objecting.ts'
import type { QuestionService } from './service.ts'

export function questionSockets(deps: { service: QuestionService; objections: ObjectionService; log: Logger }) {
  const { service, objections, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address, userAgent } = socket.data
    socket.on('question:submit', handler(submitQuestionSchema, async (input) => ({ question: await service.submit(personId, address, input, userAgent) }), log, 'question:submit'))
    socket.on('question:act', handler(questionActSchema, async (input) => ({ version: await service.act(personId, input) }), log, 'question:act'))
    socket.on('question:bulk', handler(questionBulkSchema, (input) => service.bulk(personId, input), log, 'question:bulk'))
    socket.on('question:intake', handler(intakeQuestionSchema, (input) => service.intake(personId, input), log, 'question:intake'))
    socket.on('question:object', handler(objectionSchema, (input) => objections.object(personId, input), log, 'question:object'))
  }
}
