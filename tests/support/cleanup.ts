import { afterAll, onTestFinished } from 'vitest'

type Undo = () => void | Promise<void>

const untilFileEnds: Undo[] = []

// Runs when the importing test file is collected, so it belongs to that file.
afterAll(async () => {
  for (const undo of untilFileEnds.splice(0).reverse()) await undo()
})

/**
 * Runs `undo` when what is around this call ends: the test, when called inside one (or its `beforeEach`), else the file (module level, `beforeAll`).
 * Last registered, first undone.
 */
export function onCleanup(undo: Undo): void {
  try {
    onTestFinished(undo)
  } catch {
    // Vitest refuses this outside of a test.
    untilFileEnds.push(undo)
  }
}
