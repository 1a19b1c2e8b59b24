import { useIntervalFn } from '@vueuse/core'
import { onMounted, onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { Refusal } from '../../../shared/protocol/errors.ts'
import type { Delivery } from '../../../shared/webhooks.ts'
import { getJson, sendJson } from '../../net/http.ts'
import { refusalOf } from '../../net/refusal.ts'
import { useToasts } from '../../ui/useToasts.ts'

/** How often deliveries are looked at anew while they are shown, in milliseconds. */
const LOOK_EVERY = 3_000

/** The deliveries of one webhook, kept up to date while the component lives. */
export function useDeliveries(webhookId: string) {
  const toasts = useToasts()
  const deliveries = shallowRef<Delivery[] | null>(null)
  const error = shallowRef<Refusal | null>(null)
  let gone = false
  onScopeDispose(() => (gone = true))

  async function load() {
    try {
      const listed = await getJson<Delivery[]>(`/api/webhooks/${webhookId}/deliveries`)
      if (gone) return
      deliveries.value = listed
      error.value = null
    } catch (thrown) {
      if (!gone) error.value = refusalOf(thrown)
    }
  }

  onMounted(load)
  useIntervalFn(() => void load(), LOOK_EVERY)
  return {
    deliveries: shallowReadonly(deliveries),
    error: shallowReadonly(error),
    load,
    /** Sends one anew. Never rejects. */
    async again(id: string) {
      try {
        await sendJson('POST', `/api/webhooks/${webhookId}/deliveries/${id}/again`, {})
        await load()
      } catch (thrown) {
        if (!gone) toasts.refused(refusalOf(thrown))
      }
    },
  }
}
