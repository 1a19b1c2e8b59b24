import { readFile, readdir } from 'node:fs/promises'

/** Ids of the processes that `parent` started and whose command line contains `name`. Reads /proc, as Linux has it. */
export async function childrenOf(parent: number, name: string): Promise<number[]> {
  const children: number[] = []
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    // A process may end between the listing and the look.
    const [status, command] = await Promise.all(['status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')))
    if (new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status ?? '') && command?.includes(name)) children.push(pid)
  }
  return children
}
