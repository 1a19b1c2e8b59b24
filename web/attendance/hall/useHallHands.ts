import { computed, onScopeDispose, ref } from 'vue'
import type { PublicHand, RaiseFor } from '../../../shared/floor.ts'
import { isCalled } from '../../../shared/rules/handLifecycle.ts'
import { queueOf } from '../../../shared/rules/floor.ts'
import { useConnection } from '../../net/socket.ts'
import type { SessionState } from '../../sessions/useSession.ts'

export type QueuedHand = { hand: PublicHand; /** In the whole queue, home included, from 1. */ place: number }

/** The hall's part of the queue, and what a helper does with it. `state`: null while it is not known. */
export function useHallHands(sessionId: string, state: () => SessionState | null) {
  const connection = useConnection()
  const busy = ref<ReadonlySet<string>>(new Set())
  let gone = false
  onScopeDispose(() => (gone = true))

  const hands = computed(() => [...(state()?.hands.values() ?? [])])
  const queue = computed<QueuedHand[]>(() => queueOf(hands.value).map((hand, index) => ({ hand, place: index + 1 })).filter(({ hand }) => hand.place === 'hall'))
  /** Called or speaking: must find their way to the microphone. */
  const called = computed(() => hands.value.filter((hand) => hand.place === 'hall' && (isCalled(hand.state) || hand.state === 'speaking')))

  async function during<T>(id: string, act: () => Promise<T>): Promise<T> {
    busy.value = new Set([...busy.value, id])
    try {
      return await act()
    } finally {
      if (!gone) busy.value = new Set([...busy.value].filter((other) => other !== id))
    }
  }

  return {
    queue,
    called,
    busy,
    /** @throws RefusedError */
    raise: (input: RaiseFor) => during(input.id, () => connection.request('hand:raise_for', input)),
    /** Takes down the hand of somebody who is not there; they are told why. @throws RefusedError */
    lower: ({ id, version }: PublicHand, reason: string) => during(id, () => connection.request('hand:act', { sessionId, handId: id, expectedVersion: version, action: 'dismiss', reason })),
  }
}
