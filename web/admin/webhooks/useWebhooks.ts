import { onMounted, onScopeDispose, readonly, ref, shallowReadonly, shallowRef } from 'vue'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { Delivery, EditWebhook, Webhook } from '../../../shared/webhooks.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { newId } from '../../net/ids.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useToasts } from '../../ui/useToasts.ts'

/** The installation's webhooks, as the server has them. What is refused is told in a toast; `error` is for the list itself. */
export function useWebhooks() {
  const toasts = useToasts()
  const webhooks = shallowRef<Webhook[] | null>(null)
  const error = shallowRef<Refusal | null>(null)
  const busy = ref(false)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    error.value = null
    try {
      const listed = await getJson<Webhook[]>('/api/webhooks')
      if (!gone) webhooks.value = listed
    } catch (thrown) {
      if (!gone) error.value = refusalOf(thrown)
    }
  }

  /** Resolves to whether it was done, with the list as it is then. */
  async function run(request: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await request()
      await load()
      return true
    } catch (thrown) {
      if (!gone) toasts.refused(refusalOf(thrown))
      return false
    } finally {
      busy.value = false
    }
  }

  onMounted(load)
  return {
    webhooks: shallowReadonly(webhooks),
    error: shallowReadonly(error),
    busy: readonly(busy),
    load,
    /** `id` null makes a new one. */
    save: (id: string | null, webhook: EditWebhook) => run(() => (id === null ? sendJson('POST', '/api/webhooks', { id: newId(), ...webhook }) : sendJson('PUT', `/api/webhooks/${id}`, webhook))),
    remove: (id: string) => run(() => sendJson('DELETE', `/api/webhooks/${id}`, {})),
    test: (id: string) => run(() => sendJson<Delivery>('POST', `/api/webhooks/${id}/test`, {})),
  }
}
