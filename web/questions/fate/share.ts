/** Whether this device has a way of its own to hand an address on. */
export const canShare = () => typeof navigator !== 'undefined' && 'share' in navigator && typeof navigator.share === 'function'

/** Hands `url` on by the device's own way. @returns false when it could not, and the address should be copied instead; closing the sheet is no failure */
export async function share(title: string, url: string): Promise<boolean> {
  try {
    await navigator.share({ title, url })
    return true
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError'
  }
}
