/**
 * The web client, built into dist/web.
 */
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hashTree } from './hash.mjs';
import { Advice, step } from './log.mjs';
import { inRoot, root } from './paths.mjs';
import { run, tail } from './process.mjs';

const OUT = inRoot('dist', 'web');
const STAMP = inRoot('dist', 'web.stamp');
/** All that the built client depends on. */
const INPUTS = ['web', 'shared', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** Builds the client unless the one in dist/web is of the same sources. */
export async function ensureWeb() {
  const hash = await hashTree(root, INPUTS, { skip: (name) => name.endsWith('.test.ts') });
  const stamp = await readFile(STAMP, 'utf8').catch(() => '');
  const built = await access(OUT).then(
    () => true,
    () => false,
  );
  if (built && stamp === hash) return;

  await step('Building the web client', async () => {
    // Beside the old one and then into its place, so that a server that runs meanwhile, or a build that breaks off, never shows half a client.
    const next = `${OUT}.next`;
    await rm(next, { recursive: true, force: true });
    const { code, output } = await run(process.execPath, [inRoot('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', next, '--emptyOutDir', '--logLevel', 'warn']);
    if (code !== 0) throw new Advice(`The web client could not be built:\n${tail(output)}`);
    await mkdir(inRoot('dist'), { recursive: true });
    await rm(OUT, { recursive: true, force: true });
    await rename(next, OUT);
    await writeFile(STAMP, hash);
  });
}
