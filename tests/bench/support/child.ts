import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100
/** Milliseconds that a child has to end by itself. */
const PATIENCE = 3_000

export type BenchChild = {
  pid: number
  /** The first match of the awaited pattern. */
  ready: RegExpExecArray
  /** CPU seconds that the process and its children have used so far, user and system. */
  cpu: () => number
  stop: () => Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        return Number(readFileSync(`/proc/${candidate}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]) === pid
      } catch {
        return false
      }
    })
}

/** Runs a TypeScript file under this Node and resolves when its output matches `awaited`. Linux only: CPU time is read from /proc. */
export async function startChild(file: string, awaited: RegExp, environment: Record<string, string> = {}): Promise<BenchChild> {
  const child = spawn(process.execPath, [file], { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let output = ''
  const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
    const read = (text: string) => {
      output += text
      const match = awaited.exec(output)
      if (match) resolve(match)
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    child.once('exit', () => reject(new Error(`${file} ended:\n${output}`)))
  })
  const pid = child.pid ?? -1
  return {
    pid,
    ready,
    cpu: () => [pid, ...childrenOf(pid)].reduce((sum, each) => sum + ticks(each), 0) / TICKS_PER_SECOND,
    async stop() {
      if (!running.has(child)) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
      await gone
      clearTimeout(late)
    },
  }
}
