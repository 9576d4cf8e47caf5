/** The extension's own development dependencies, installed when they are not what the lock file says. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION, isMain, main, run, say } from './say.mjs';

export function ensureNodeModules() {
  const stamp = path.join(EXTENSION, 'node_modules', '.bibwright-lock');
  const lock = createHash('sha256').update(readFileSync(path.join(EXTENSION, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('installing the development dependencies of the extension');
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: EXTENSION });
  writeFileSync(stamp, lock);
}

if (isMain(import.meta.url)) await main(ensureNodeModules);
