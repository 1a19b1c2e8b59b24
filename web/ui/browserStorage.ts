/** The browser's storage, or null where it is forbidden (some private modes throw at the mere mention). */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage
  } catch {
    return null
  }
}
