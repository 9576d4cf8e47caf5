/** `npm run e2e`: installs the parts of the end-to-end test and runs it, in the project's environment. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureCodeServer } from './code-server.mjs';
import { ensureNodeModules } from './npm.mjs';
import { isMain, main, ROOT, run, say } from './say.mjs';
import { ensureSystemPackages, findPip, FOR_BROWSER, FOR_BUNDLE, FOR_CODE_SERVER, FOR_VENV } from './system.mjs';

/** Everything that the end-to-end test needs beside the Python environment. */
export function prepare() {
  ensureSystemPackages([...FOR_BUNDLE, ...FOR_CODE_SERVER, ...FOR_BROWSER]);
  ensureNodeModules();
  ensureCodeServer();
}

if (isMain(import.meta.url)) {
  await main(() => {
    prepare();
    if (process.argv.includes('--prepare')) return;
    const pytest = path.join(ROOT, '.venv', 'bin', 'pytest');
    if (!existsSync(pytest)) {
      ensureSystemPackages(FOR_VENV);
      say('making the Python environment .venv');
      run(findPip(), ['-m', 'venv', path.join(ROOT, '.venv')]);
      run(path.join(ROOT, '.venv', 'bin', 'pip'), ['install', '--quiet', '-e', '.[dev]'], { cwd: ROOT });
    }
    const env = { ...process.env, BIBWRIGHT_REQUIRE_E2E: '1' };
    process.exitCode = spawnSync(pytest, ['tests/e2e'], { cwd: ROOT, env, stdio: 'inherit' }).status ?? 1;
  });
}
