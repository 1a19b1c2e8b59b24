/** Why a camera or microphone cannot be used, and in whose hands the fix is. Each has its words below `stage.problem`. */
export type DeviceProblem =
  /** The page did not come over https (or from this very machine), so the browser hides all devices. */
  | 'insecure'
  | 'denied'
  /** The operating system keeps the browser from the device. */
  | 'denied_by_system'
  /** The question was closed without an answer: asking again helps. */
  | 'dismissed'
  | 'missing'
  | 'busy'
  /** It was unplugged, or taken away by the system, while in use. */
  | 'ended'
  | 'unknown'

export type Browser = 'wechat' | 'ios' | 'safari' | 'firefox' | 'edge' | 'chrome' | 'other'

/** What an error of `getUserMedia` means. Browsers agree on names only roughly, and tell some cases apart by message alone. */
export function problemOf(error: unknown, hasDevices: boolean): DeviceProblem {
  if (!hasDevices) return 'insecure'
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      if (/dismissed/i.test(message)) return 'dismissed'
      return /system/i.test(message) ? 'denied_by_system' : 'denied'
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unknown'
  }
}

/** Which browser's settings to describe. Everything on an iPhone or iPad asks through iOS. */
export function browserOf(userAgent: string): Browser {
  if (/MicroMessenger/i.test(userAgent)) return 'wechat'
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios'
  if (/Firefox\//.test(userAgent)) return 'firefox'
  if (/Edg(A|iOS)?\//.test(userAgent)) return 'edge'
  if (/Chrome\//.test(userAgent)) return 'chrome'
  return /Safari\//.test(userAgent) ? 'safari' : 'other'
}

/** Key below `stage.problem` of what to do about `problem` in this browser. */
export function fixKey(problem: DeviceProblem, browser: Browser): string {
  return problem === 'denied' ? `fix.denied.${browser}` : `fix.${problem}`
}
