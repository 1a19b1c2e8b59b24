import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Door } from './door.ts'
import { byProof, proofOf, readScanned } from './matching.ts'
import { verdictOf } from './merging.ts'
import type { DoorPerson } from './merging.ts'
import { toneOf } from './result.ts'
import type { DoorResult } from './result.ts'
import { useSignals } from './useSignals.ts'

/** What is done at the door, and what it shows of the last one. */
export function useDoorActs(sessionId: string, door: Door) {
  const signals = useSignals()
  const result = shallowRef<DoorResult | null>(null)
  const looking = ref(false)
  let shown = 0
  let gone = false
  onScopeDispose(() => (gone = true))

  function show(kind: DoorResult['kind'], person: DoorPerson | null, since: string | null = null) {
    result.value = { id: ++shown, kind, personId: person?.id ?? null, since }
    signals.signal(toneOf(kind))
  }

  /** Lets in whoever has a place; of anybody else it shows how they stand. */
  function come(person: DoorPerson) {
    const verdict = verdictOf(person)
    if (verdict === 'come_in') door.checkIn(person.id)
    show(verdict, person, verdict === 'already' ? person.checkedInAt : null)
  }

  return {
    result,
    looking,
    unlock: signals.unlock,
    come,
    async scanned(text: string) {
      const read = readScanned(text, sessionId)
      if (read.kind !== 'code') return show(read.kind, null)
      const proof = await proofOf(read.code)
      let person = byProof(door.people.value, proof)
      if (!person) {
        // Invited a moment ago, perhaps.
        looking.value = true
        await Promise.race([door.sync(), new Promise((resolve) => setTimeout(resolve, 2_500))])
        looking.value = false
        person = byProof(door.people.value, proof)
      }
      if (gone) return
      if (person) come(person)
      else show('unknown', null)
    },
    /** Somebody without a promised place, by the helper's own decision. */
    letIn(person: DoorPerson) {
      door.checkIn(person.id)
      show('come_in', person)
    },
    undo(person: DoorPerson) {
      door.undo(person.id)
      show('undone', person)
    },
    walkIn(name: string, forumId: string | null) {
      const id = door.walkIn(name, forumId)
      show('come_in', door.people.value.find((person) => person.id === id) ?? null)
    },
  }
}
