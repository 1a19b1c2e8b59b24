import { readonly, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * The one-time token after the `#` of the page's address, which is no part of any request. It is taken out of the address bar and the history at once, so that it stays neither on
 * the screen nor in a copied address. Null: none was given.
 */
export function useSecretToken(): Readonly<Ref<string | null>> {
  const route = useRoute()
  const router = useRouter()
  const token = ref<string | null>(null)
  // Not only once: the address may be opened again in a window that shows the page already.
  watch(
    () => route.hash,
    (hash) => {
      if (hash.length < 2) return
      token.value = hash.slice(1)
      void router.replace({ path: route.path, query: route.query })
    },
    { immediate: true },
  )
  return readonly(token)
}
