import type { Logger } from 'pino'
import { judgeFlagSchema } from '../../shared/moderation.ts'
import { voteSchema } from '../../shared/questions.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { JudgeService } from './judging.ts'
import type { VoteService } from './service.ts'

export function voteSockets(deps: { service: VoteService; judges: JudgeService; log: Logger }) {
  const { service, judges, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, ...sender } = socket.data
    socket.on('question:vote', handler(voteSchema, async (input) => ({ votes: await service.vote(personId, sender, input) }), log, 'question:vote'))
    socket.on('votes:judge', handler(judgeFlagSchema, (input) => judges.judge(personId, input), log, 'votes:judge'))
  }
}
