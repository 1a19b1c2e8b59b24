import type { LocationQueryValue } from 'vue-router'
import type { Me } from '../../shared/accounts.ts'

const LONGEST = 300

/** Where to go on, from `?back=`: a path of this site and nothing else, or null. */
export function backOf(query: LocationQueryValue | LocationQueryValue[] | undefined): string | null {
  const back = [query].flat()[0]
  if (!back || back.length > LONGEST || !/^\/(?![/\\])[\x21-\x7E]*$/.test(back)) return null
  return /^\/(sign-in|setup|invite|in)(?:[/?#]|$)/.test(back) ? null : back
}

/** Where somebody who has just signed in wants to be. A role that does not count yet is set right first. */
export function nextPage(me: Me | null, back: string | null): string {
  if (me?.account?.secondFactor === 'required') return back ? `/account?back=${encodeURIComponent(back)}` : '/account'
  return back ?? '/'
}
