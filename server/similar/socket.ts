import type { Logger } from 'pino'
import { similarSchema } from '../../shared/questions.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { SimilarService } from './service.ts'

export function similarSockets(deps: { service: SimilarService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address } = socket.data
    socket.on('question:similar', handler(similarSchema, async (input) => ({ questions: await service.similar(personId, address, input) }), log, 'question:similar'))
  }
}
