export type Wait = { unit: 'seconds' | 'minutes' | 'hours'; count: number }

/** `ms` milliseconds as somebody would say how long to wait: rounded up, never less than a second; minutes from 90 seconds on, hours from 90 minutes on. */
export function waitOf(ms: number): Wait {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  if (seconds < 90) return { unit: 'seconds', count: seconds }
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return { unit: 'minutes', count: minutes }
  return { unit: 'hours', count: Math.ceil(minutes / 60) }
}
