import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'

/** Programs that must not outlive this process, however it ends. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export type Program = {
  pid: number
  /** Everything it has printed so far, both streams. */
  output: () => string
  running: () => boolean
  /** Resolves with the exit code (null after a signal). */
  ended: Promise<number | null>
  /** Sends `signal` and resolves when the program is gone. */
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/**
 * Starts a program for a helper that can start it again: the helper sees to its end, at the clean-up of what the *helper* was started for
 * (a restart inside a test must outlive that test). It does not outlive this process.
 */
export function runProgram(command: string, args: string[], options: Pick<SpawnOptions, 'env' | 'cwd' | 'uid' | 'gid'> = {}): Program {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  running.add(child)
  const ended = once(child, 'close').then(
    ([code]) => code as number | null,
    (error: Error) => {
      output += `${error.message}\n`
      return -1
    },
  )
  void ended.then(() => running.delete(child))
  const program: Program = {
    pid: child.pid ?? -1,
    output: () => output,
    running: () => running.has(child),
    ended,
    async stop(signal = 'SIGTERM') {
      if (running.has(child)) child.kill(signal)
      await ended
    },
  }
  return program
}
