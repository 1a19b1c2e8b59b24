import type { Logger } from 'pino'
import { saveSpotSchema, withdrawSpotSchema } from '../../shared/spot.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { SpotService } from './service.ts'

export function spotSockets(deps: { service: SpotService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId } = socket.data
    socket.on('spot:save', handler(saveSpotSchema, async (input) => ({ record: await service.save(personId, input) }), log, 'spot:save'))
    socket.on('spot:withdraw', handler(withdrawSpotSchema, async (input) => ({ record: await service.withdraw(personId, input) }), log, 'spot:withdraw'))
  }
}
