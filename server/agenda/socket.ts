import type { Logger } from 'pino'
import { agendaActSchema, saveAgendaSchema } from '../../shared/agenda.ts'
import { handler } from '../realtime/handle.ts'
import type { FangtanSocket } from '../realtime/types.ts'
import type { AgendaService } from './service.ts'

export function agendaSockets(deps: { service: AgendaService; log: Logger }) {
  const { service, log } = deps
  return (socket: FangtanSocket): void => {
    const { personId, address } = socket.data
    socket.on('agenda:save', handler(saveAgendaSchema, async (input) => ({ agenda: await service.save(personId, input, address) }), log, 'agenda:save'))
    socket.on('agenda:act', handler(agendaActSchema, async (input) => ({ agenda: await service.act(personId, input) }), log, 'agenda:act'))
  }
}
