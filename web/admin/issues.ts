import type { z } from 'zod'

/** The code of the first thing that is wrong at each path: zod's, or one of our own. */
export function issuesOf(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const issue of issues) {
    const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined
    found[issue.path.join('.')] ??= typeof own === 'string' ? own : issue.code
  }
  return found
}
