import { useI18n } from 'vue-i18n'
import type { OwnQuestion } from '../../shared/questions.ts'
import { refusalOf } from '../net/refusal.ts'
import { useConnection } from '../net/socket.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useToasts } from '../ui/useToasts.ts'

/** Takes back one's own question, once its author has confirmed. Never rejects: a refusal is told in a toast. */
export function useWithdraw(sessionId: string): (question: OwnQuestion) => Promise<void> {
  const connection = useConnection()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useI18n()
  return async ({ id, version }) => {
    const sure = await confirm({ title: t('questions.own.withdrawTitle'), detail: t('questions.own.withdrawText'), confirmLabel: t('questions.own.withdraw'), danger: true })
    if (!sure) return
    try {
      await connection.request('question:act', { sessionId, questionId: id, expectedVersion: version, action: 'withdraw' })
    } catch (error) {
      toasts.refused(refusalOf(error))
    }
  }
}
