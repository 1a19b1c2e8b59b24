/**
 * Child processes: run and wait, with or without their output, and none left behind.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

/** @typedef {{ code: number, output: string }} Outcome */
/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {Set<ChildProcess>} */
const children = new Set();
let guarded = false;
/** While a program has this process's signals handed over, they do not end this process. */
let handingOver = false;
/** The signal that this process got while it had handed over. */
let interruptedBy = /** @type {NodeJS.Signals | undefined} */ (undefined);

/** Ends this process's children with it, whatever ends it short of SIGKILL. */
function guard() {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const child of children) child.kill('SIGTERM');
  });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!handingOver) process.exit(128 + constants.signals[signal]);
    });
  }
}

/**
 * The environment in which children find this very Node first, so that npm and npx run under it too.
 * @param {NodeJS.ProcessEnv} [more]
 * @param {string} [node]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(more = {}, node = process.execPath) {
  const dir = path.dirname(node);
  const rest = (process.env['PATH'] ?? '').split(path.delimiter).filter((entry) => entry !== dir);
  return { ...process.env, ...more, PATH: [dir, ...rest].join(path.delimiter) };
}

/**
 * Runs a command and collects what it prints; a command that cannot be started gives code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeoutMs?: number, onLine?: (line: string) => void }} [options]
 *   show: print its output as it comes instead of collecting it
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { cwd = root, env = childEnv(), show = false, timeoutMs, onLine } = {}) {
  guard();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, timeout: timeoutMs, stdio: ['ignore', ...(show ? /** @type {const} */ (['inherit', 'inherit']) : /** @type {const} */ (['pipe', 'pipe']))] });
    children.add(child);
    /** @type {string[]} */
    const chunks = [];
    let partial = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        chunks.push(chunk);
        if (!onLine) return;
        const lines = (partial + chunk).split('\n');
        partial = lines.pop() ?? '';
        lines.forEach((line) => {
          onLine(line);
        });
      });
    }
    child.on('error', (error) => {
      children.delete(child);
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output: chunks.join('') });
    });
  });
}

/**
 * Hands this process's terminal, signals and exit code over to a program, and waits for it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export function handOver(command, args, env) {
  guard();
  handingOver = true;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    children.add(child);
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      interruptedBy = signal;
      // On a terminal Ctrl-C reaches the whole process group already, and a second SIGINT may mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    const over = () => {
      for (const signal of SIGNALS) process.off(signal, pass);
      children.delete(child);
      handingOver = false;
    };
    child.on('error', (error) => {
      over();
      reject(error);
    });
    child.on('close', (code, signal) => {
      over();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Goes on as another program: in this very process where Node can do that, so that whoever started the script
 * signals the program itself, or else as a child that everything is handed over to.
 * @param {string} command an absolute path
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
export async function become(command, args, env) {
  process.chdir(root);
  // Not on Windows, and not before Node 23.11.
  if (process.platform !== 'win32' && typeof process.execve === 'function') process.execve(command, [command, ...args], env);
  return handOver(command, args, env);
}

/**
 * The exit code of a script that was told to stop while a program of its had the signals; nothing if it was not.
 * @returns {number | undefined}
 */
export function interruption() {
  return interruptedBy && 128 + constants.signals[interruptedBy];
}

/**
 * The last lines of a text, for an error message.
 * @param {string} text
 * @param {number} [count]
 */
export function tail(text, count = 30) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * The first lines of a text, for an error message of a program that says what is wrong first.
 * @param {string} text
 * @param {number} [count]
 */
export function head(text, count = 15) {
  return text.trim().split('\n').slice(0, count).join('\n');
}
