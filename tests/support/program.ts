import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onCleanup } from './cleanup.ts'
import { runProgram } from './run.ts'
import type { Program } from './run.ts'

/** Starts a program; it is killed at clean-up if it still runs then. */
export function startProgram(...args: Parameters<typeof runProgram>): Program {
  const program = runProgram(...args)
  onCleanup(() => program.stop('SIGKILL'))
  return program
}

/** A new directory under the system's temporary one; removed at clean-up. */
export async function temporaryDirectory(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `fangtan-${name}-`))
  onCleanup(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }))
  return directory
}
