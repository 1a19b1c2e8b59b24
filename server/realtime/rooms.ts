import type { JoinAs } from '../../shared/protocol/events.ts'

/** Names of Socket.IO rooms. Everybody in a session is in exactly one of its audience rooms, and in the room of their own person. */
export const audienceRoom = (sessionId: string, as: JoinAs) => (as === 'desk' ? `s:${sessionId}:desk` : `s:${sessionId}:public`)
export const personRoom = (sessionId: string, personId: string) => `s:${sessionId}:person:${personId}`
