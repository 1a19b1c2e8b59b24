import type { Logger } from 'pino'
import { answerPollSchema, pollActSchema, savePollSchema } from '../../shared/polls.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { PollAnswerService } from './answers.ts'
import type { PollService } from './service.ts'

export function pollSockets(deps: { service: PollService; answers: PollAnswerService; log: Logger }) {
  const { service, answers, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId } = socket.data
    socket.on('poll:save', handler(savePollSchema, async (input) => ({ poll: await service.save(personId, input) }), log, 'poll:save'))
    socket.on('poll:act', handler(pollActSchema, async (input) => ({ version: await service.act(personId, input) }), log, 'poll:act'))
    socket.on('poll:answer', handler(answerPollSchema, async (input) => answers.answer(personId, input), log, 'poll:answer'))
  }
}
