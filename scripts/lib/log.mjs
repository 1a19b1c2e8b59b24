/**
 * What the scripts print: short lines, one step each, with its time.
 */

/** An error that a person can mend: its message says how, so no stack is printed. */
export class Advice extends Error {
  /** @override */
  name = 'Advice';
}

/**
 * A duration as a person reads it.
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs one step: says what it does before, and how long it took after.
 * @template T
 * @param {string} doing what it does, such as "Installing packages"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(doing, work) {
  const begun = performance.now();
  say(`→ ${doing} …`);
  const result = await work();
  say(`✓ ${doing}: done in ${duration(performance.now() - begun)}`);
  return result;
}

/**
 * Progress on one line that is rewritten on a terminal, and now and then a line of its own elsewhere.
 * @param {{ everyMs?: number, stream?: NodeJS.WriteStream }} [options]
 */
export function progress({ everyMs = 20_000, stream = process.stdout } = {}) {
  let last = performance.now();
  let open = false;
  return {
    /** @param {string} text */
    update(text) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[2K  ${text.slice(0, Math.max(20, stream.columns - 4))}`);
        open = true;
      } else if (performance.now() - last >= everyMs) {
        last = performance.now();
        stream.write(`  ${text}\n`);
      }
    },
    end() {
      if (open) stream.write('\r\u001b[2K');
      open = false;
    },
  };
}

/**
 * Prints what went wrong: the message alone where it says what to do.
 * @param {unknown} error
 */
export function complain(error) {
  const text = error instanceof Advice ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`✗ ${text}\n`);
}

/**
 * Runs a script's main function; on failure prints what to do and exits non-zero.
 * @param {() => Promise<number | void>} main gives the exit code, 0 when nothing
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    complain(error);
    process.exitCode = 1;
  }
}
