import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { secondsLeft } from './sticking.ts'

/** Counts down the seconds in which nothing may be sent. */
export function useCooldown(): { seconds: Readonly<Ref<number>>; start(ms: number): void } {
  const seconds = ref(0)
  let until = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    seconds.value = secondsLeft(until, performance.now())
    if (seconds.value === 0) clearInterval(timer)
  }
  function start(ms: number): void {
    until = Math.max(until, performance.now() + ms)
    clearInterval(timer)
    timer = setInterval(tick, 250)
    tick()
  }
  onScopeDispose(() => clearInterval(timer))
  return { seconds, start }
}
