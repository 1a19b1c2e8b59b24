import { onMounted } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The code that came with the address from the big screen: taken once, and out of the address, so that it is neither kept nor handed on. */
export function useHallCode(enter: (code: string) => unknown): void {
  const route = useRoute()
  const router = useRouter()
  onMounted(() => {
    const { hall, ...query } = route.query
    if (hall === undefined) return
    void router.replace({ query, hash: route.hash })
    if (typeof hall === 'string' && /^\d{6}$/.test(hall)) enter(hall)
  })
}
