import { useI18n } from 'vue-i18n'
import type { ChatMessage, ChatSettings } from '../../shared/chat.ts'
import { useConnection } from '../net/socket.ts'
import { useConfirm } from '../ui/useConfirm.ts'
import { useToasts } from '../ui/useToasts.ts'

/** What hosts and moderators do to one session's chat. None rejects: what was refused is told in a toast; the answers say whether it is done. */
export function useChatModeration(sessionId: string) {
  const connection = useConnection()
  const confirm = useConfirm()
  const toasts = useToasts()
  const { t } = useI18n()

  return {
    /** Once it was confirmed. */
    async remove(message: ChatMessage): Promise<boolean> {
      const sure = await confirm({ title: t('chat.deleteTitle'), detail: t('chat.deleteText'), confirmLabel: t('chat.deleteYes'), danger: true })
      return sure && (await toasts.attempt(() => connection.request('chat:delete', { sessionId, messageId: message.id })))
    },
    configure(settings: Omit<ChatSettings, 'sessionId'>): Promise<boolean> {
      return toasts.attempt(() => connection.request('chat:settings', { sessionId, ...settings }))
    },
  }
}
