import type { Logger } from 'pino'
import { enterHallSchema, handActSchema, raiseForSchema, raiseHandSchema, setFloorSchema } from '../../shared/floor.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { FloorService } from './service.ts'

export function floorSockets(deps: { service: FloorService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address, userAgent } = socket.data
    socket.on('floor:set', handler(setFloorSchema, async (input) => ({ floor: await service.set(personId, input) }), log, 'floor:set'))
    socket.on('hand:raise', handler(raiseHandSchema, async (input) => ({ hand: await service.raise(personId, address, input, userAgent) }), log, 'hand:raise'))
    socket.on('hand:raise_for', handler(raiseForSchema, async (input) => ({ hand: await service.raiseFor(personId, input) }), log, 'hand:raise_for'))
    socket.on('hand:act', handler(handActSchema, async (input) => ({ version: await service.act(personId, input) }), log, 'hand:act'))
    socket.on('hall:enter', handler(enterHallSchema, async (input) => ({ place: await service.enterHall(personId, address, input) }), log, 'hall:enter'))
  }
}
