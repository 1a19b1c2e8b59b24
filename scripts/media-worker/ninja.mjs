/**
 * Ninja's progress lines.
 */

/**
 * How far a build is, by one line that ninja printed, such as "[12/340] Compiling C++ object …".
 * @param {string} line
 * @returns {{ done: number, total: number } | undefined}
 */
export function parseNinja(line) {
  const found = /^\[(\d+)\/(\d+)\]/.exec(line);
  return found ? { done: Number(found[1]), total: Number(found[2]) } : undefined;
}

/**
 * @param {{ done: number, total: number }} at
 * @param {number} elapsedMs
 * @returns {string} such as "[120/340] 35 %, about 5 min left"
 */
export function describeNinja({ done, total }, elapsedMs) {
  const share = done / total;
  const left = share > 0.05 ? (elapsedMs / share) * (1 - share) : undefined;
  const minutes = left === undefined ? '' : left < 45_000 ? ', less than a minute left' : `, about ${String(Math.round(left / 60_000) || 1)} min left`;
  return `[${String(done)}/${String(total)}] ${String(Math.floor(share * 100))} %${minutes}`;
}
