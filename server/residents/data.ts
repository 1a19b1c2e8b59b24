import type { PersonalData } from '../../shared/identity.ts'
import type { Vault } from '../accounts/vault.ts'
import type { Phones } from '../attendance/phones.ts'
import type { Receipts } from '../questions/receipts.ts'
import type { RateLimiter } from '../realtime/limiter.ts'
import { openOrigin } from './activity.ts'
import { openKnown } from './binding.ts'
import type { DataStore } from './dataStore.ts'

/** What somebody may have of themselves: all of it, readable. */
export function createDataService(deps: { consistent: <T>(work: (store: DataStore) => Promise<T>) => Promise<T>; vault: Vault; receipts: Receipts; phones: Pick<Phones, 'open'>; limit: RateLimiter; now: () => Date }) {
  const { consistent, vault, receipts, phones, limit, now } = deps
  return {
    /** @throws RefusedError `rate_limited` */
    async of(personId: string): Promise<PersonalData> {
      await limit.take(personId)
      const kept = await consistent((store) => store.of(personId))
      return {
        format: 'fangtan-personal-data',
        version: 1,
        exportedAt: now().toISOString(),
        personId,
        kept: {
          ...kept,
          questions: kept.questions.map(({ id, sessionId, number, state, channel, text, originalText, name, topicId, pictureId, submittedAt, votes, receipt, receiptSealed, answerJson, reason }) => {
            const answer: unknown = answerJson === null ? null : JSON.parse(answerJson)
            return { id, sessionId, number, state, channel, text, originalText, name, topicId, pictureId, submittedAt, votes, receipt: receipts.open(receiptSealed ?? receipt), answer, reason }
          }),
          pollAnswers: kept.pollAnswers.map(({ choicesJson, optionsJson, ...answer }) => {
            const options = new Map((JSON.parse(optionsJson) as { id: string; text: string }[]).map(({ id, text }) => [id, text]))
            return { ...answer, choices: (JSON.parse(choicesJson) as string[]).map((choice) => options.get(choice) ?? choice) }
          }),
          attendance: kept.attendance.map(({ phoneSealed, ...line }) => ({ ...line, phone: phones.open({ phoneSealed }) })),
          verifications: kept.verifications.map(({ sealed, ...verification }) => ({ ...verification, identity: openKnown(vault, sealed) })),
          activity: kept.activity.map(({ sealed, ...activity }) => ({ ...activity, from: openOrigin(vault, sealed) })),
        },
      }
    },
  }
}
