import { useSessionStorage } from '@vueuse/core'
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { PublicHand } from '../../shared/floor.ts'
import type { FloorActs } from './useFloorActs.ts'

/**
 * Which hand is spoken for from this very tab, over reloads: somebody who has the page open twice is asked for one camera, in one of them.
 */
export function useSeatHere(sessionId: string): {
  /** Id of the hand whose camera and microphone are here; empty: none. */
  id: ComputedRef<string>
  take(handId: string): void
  /** The camera of this hand is no longer here. */
  leave(handId: string): void
  /** Accepts the invitation, to speak from here. Resolves to whether the server has it; never rejects. */
  accept(hand: Pick<PublicHand, 'id'>, version: number, acts: FloorActs): Promise<boolean>
} {
  const kept = useSessionStorage(`fangtan.floor.${sessionId}.here`, '')
  const leave = (handId: string) => {
    if (kept.value === handId) kept.value = ''
  }
  return {
    id: computed(() => kept.value),
    take: (handId) => void (kept.value = handId),
    leave,
    async accept({ id }, version, acts) {
      // Before the answer: the news that it is accepted may come first.
      kept.value = id
      const done = await acts.act({ id, version }, 'accept')
      if (!done) leave(id)
      return done
    },
  }
}
