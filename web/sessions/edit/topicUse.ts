import type { Outcomes } from '../../../shared/outcomes.ts'
import { getJson } from '../../net/http.ts'

/** More pages than a session will have. */
const MAX_PAGES = 100

/** How many questions have each topic, by its id. @throws RefusedError */
export async function countTopicUse(sessionId: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  let after: number | null = 0
  for (let page = 0; after !== null && page < MAX_PAGES; page++) {
    const { questions, next }: Outcomes = await getJson<Outcomes>(`/api/sessions/${sessionId}/outcomes?after=${after}`)
    for (const { topicId } of questions) if (topicId !== null) counts.set(topicId, (counts.get(topicId) ?? 0) + 1)
    after = next
  }
  return counts
}
