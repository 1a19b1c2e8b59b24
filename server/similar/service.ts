import type { Similar, SimilarQuestion } from '../../shared/questions.ts'
import type { Access } from '../accounts/access.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { isSearched } from './library.ts'
import type { Library } from './library.ts'
import type { SimilarStore } from './store.ts'

export type SimilarService = ReturnType<typeof createSimilarService>

export function createSimilarService(deps: { access: Access; library: Library; store: SimilarStore; limits: { person: RateLimiter; address: RateLimiter } }) {
  const { access, library, store, limits } = deps
  return {
    /**
     * Questions like the text, best first, as they stand now; at most five.
     * @throws RefusedError `forbidden`, `rate_limited`, `not_found`
     */
    async similar(personId: string, address: string, { sessionId, text, scope, exclude }: Similar): Promise<SimilarQuestion[]> {
      await access.require(personId, sessionId, scope === 'desk' ? 'desk.view' : 'question.similar')
      await Promise.all([limits.person.take(personId), limits.address.take(address)])
      const matcher = await library.open(sessionId, scope)
      const matches = matcher.search(text, (id) => id !== exclude)
      const present = new Map((await store.present(matches.map(({ id }) => id))).map((question) => [question.id, question]))
      return matches.flatMap(({ id, score }) => {
        const question = present.get(id)
        // It may have been taken back since the texts were read.
        return question && isSearched(scope, question.state) ? [{ ...question, score: Math.round(score * 100) / 100 }] : []
      })
    },
  }
}
