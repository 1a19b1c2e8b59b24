import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of the disk on which `directory` lies, as far as this process may fill it; null when the system does not say. */
export async function diskOf(directory: string): Promise<{ free: number; total: number } | null> {
  return statfs(directory).then(
    ({ bsize, bavail, blocks }) => ({ free: bsize * bavail, total: bsize * blocks }),
    () => null,
  )
}

/** Bytes of the embedded database with its log. */
export async function sqliteBytes(directory: string): Promise<number> {
  const sizes = await Promise.all(['', '-wal', '-shm'].map((end) => stat(join(directory, `fangtan.sqlite${end}`)).then(({ size }) => size, () => 0)))
  return sizes.reduce((sum, size) => sum + size, 0)
}
