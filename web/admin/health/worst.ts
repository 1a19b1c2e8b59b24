import type { HealthPart } from '../../../shared/administration.ts'

/** How all of it stands: as its worst part does. What is not in use is no trouble. */
export function worstOf(parts: readonly Pick<HealthPart, 'state'>[]): 'ok' | 'warning' | 'failing' {
  const has = (state: HealthPart['state']) => parts.some((part) => part.state === state)
  return has('failing') ? 'failing' : has('warning') ? 'warning' : 'ok'
}
