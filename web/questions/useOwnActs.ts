import { useI18n } from 'vue-i18n'
import type { OwnQuestion, QuestionRef } from '../../shared/questions.ts'
import { useConnection } from '../net/socket.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useToasts } from '../ui/useToasts.ts'
import type { Extras } from './useDraft.ts'

export type Revision = { text: string } & Pick<Extras, 'topicId' | 'pictureId'>

/** What visitors do to questions that are theirs. None rejects: a refusal is told in a toast; the answers say whether it is done. */
export function useOwnActs(sessionId: string) {
  const connection = useConnection()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useI18n()

  return {
    /** Once its author has confirmed. */
    async withdraw({ id, version }: OwnQuestion): Promise<void> {
      const sure = await confirm({ title: t('questions.own.withdrawTitle'), detail: t('questions.own.withdrawText'), confirmLabel: t('questions.own.withdraw'), danger: true })
      if (sure) await toasts.attempt(() => connection.request('question:act', { sessionId, questionId: id, expectedVersion: version, action: 'withdraw' }))
    },
    /** Of one that was not reviewed yet, at the version that was seen. */
    revise({ id, version }: OwnQuestion, revision: Revision): Promise<boolean> {
      return toasts.attempt(() => connection.request('question:act', { sessionId, questionId: id, expectedVersion: version, action: 'revise', ...revision }))
    },
    /** Says why the answer did not answer theirs; null takes it back. */
    async object({ id }: QuestionRef, reason: string | null): Promise<boolean> {
      const done = await toasts.attempt(() => connection.request('question:object', { sessionId, questionId: id, reason }))
      if (done) toasts.done(t(reason === null ? 'questions.object.takenBack' : 'questions.object.sent'))
      return done
    },
  }
}
export type OwnActs = ReturnType<typeof useOwnActs>
