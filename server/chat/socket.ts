import type { Logger } from 'pino'
import { releaseChatSchema } from '../../shared/moderation.ts'
import { deleteChatSchema, sendChatSchema } from '../../shared/chat.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { ChatService } from './service.ts'

export function chatSockets(deps: { service: ChatService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address, userAgent } = socket.data
    socket.on('chat:send', handler(sendChatSchema, (input) => service.send(personId, address, input, userAgent), log, 'chat:send'))
    socket.on('chat:delete', handler(deleteChatSchema, (input) => service.delete(personId, input, address), log, 'chat:delete'))
    socket.on('chat:release', handler(releaseChatSchema, (input) => service.release(personId, input), log, 'chat:release'))
  }
}
