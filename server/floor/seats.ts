import type { StoredSession } from '../sessions/rules.ts'
import { floorSeat } from './rules.ts'
import type { FloorSeat } from './rules.ts'
import type { FloorStore } from './store.ts'

/** Who sits on the stage because they have the floor, as the stage asks. */
export type FloorSeats = {
  /** In the order in which they began. Costs a reading only where a hand was ever raised. */
  ofSession: (session: Pick<StoredSession, 'id' | 'handCount'>) => Promise<FloorSeat[]>
  ofPerson: (personId: string, sessionId: string) => Promise<FloorSeat | null>
}

export function createFloorSeats(hands: Pick<FloorStore, 'onCamera' | 'onCameraOf'>): FloorSeats {
  return {
    ofSession: async ({ id, handCount }) => (handCount === 0 ? [] : (await hands.onCamera(id)).map(floorSeat)),
    async ofPerson(personId, sessionId) {
      const hand = await hands.onCameraOf(sessionId, personId)
      return hand && floorSeat(hand)
    },
  }
}
