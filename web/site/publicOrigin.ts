const THIS_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * The origin to hand on: what the installation is set to be reached at, since a page may have been opened by another name that leads nowhere for others (a hall's computer that opened localhost).
 * @param set the site's address; one that names this machine alone was never set, and null is not known yet: then the page's own origin is the better guess
 */
export function publicOrigin(set: string | null, own: string): string {
  return set === null || THIS_MACHINE.test(set) ? own : set
}
