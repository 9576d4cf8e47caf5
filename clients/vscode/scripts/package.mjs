/** Builds `bibwright.vsix`: the client, the bundled server, nothing else. `--out FILE` puts it elsewhere. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { EXTENSION, isMain, main, run, say, Trouble } from './say.mjs';

export const VSIX = path.join(EXTENSION, 'bibwright.vsix');

export function packageExtension(target = VSIX) {
  if (!existsSync(path.join(EXTENSION, 'node_modules'))) {
    throw new Trouble('the development dependencies are missing: run npm ci in clients/vscode');
  }
  bundle();
  say('packaging the extension');
  const npm = (...args) => run('npm', args, { cwd: EXTENSION });
  npm('run', '--silent', 'build');
  // Everything the client imports is in its one file: there are no runtime dependencies to pack.
  npm('exec', '--', 'vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--out', target);
  return target;
}

if (isMain(import.meta.url)) {
  await main(() => {
    const at = process.argv.indexOf('--out');
    const target = packageExtension(at > 0 ? path.resolve(process.argv[at + 1]) : VSIX);
    say(`the extension is ${target}`);
  });
}
