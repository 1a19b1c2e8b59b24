/**
 * What must be there before anything of the project runs, step by step; each step is skipped when its result is there.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { say } from './log.mjs';
import { ensurePackages } from './packages.mjs';
import { cacheDir, root } from './paths.mjs';
import { ensureWeb } from './web.mjs';
import { ensureWorker } from './worker.mjs';

/**
 * @param {{ dev: boolean, worker: boolean, web: boolean }} wanted dev: with the packages for development and tests
 * @returns {Promise<{ workerBin: string | undefined }>}
 */
export async function prepare({ dev, worker, web }) {
  const tree = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const onWait = () => {
    say('→ Another start is preparing this folder: waiting for it …');
  };
  return withLock(
    path.join(cacheDir(), 'locks', tree),
    async () => {
      await ensurePackages({ dev });
      const workerBin = worker ? await ensureWorker() : undefined;
      if (web) await ensureWeb();
      return { workerBin };
    },
    { onWait },
  );
}
