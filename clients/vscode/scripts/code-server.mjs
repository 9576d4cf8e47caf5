/**
 * VS Code in a browser (code-server), put together from the npm registry alone.
 *
 * Its own installation scripts download prebuilt programs from other places, which many networks do not
 * allow: they are switched off, and the few native modules are compiled here instead.
 */

import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, isMain, main, run, say, Trouble } from './say.mjs';
import { ensureSystemPackages, FOR_CODE_SERVER } from './system.mjs';

/** The last version for Node 20, which is what the project asks for. */
const VERSION = '4.100.3';

const HOME = path.join(CACHE, `code-server-${VERSION}-node${process.versions.modules}`);

/** The script that Node runs; it exists only once the installation is complete. */
export const CODE_SERVER = path.join(HOME, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/** The native modules that a server cannot do without. Others (single sign-on, device ids) stay unbuilt. */
const NATIVE = ['@parcel/watcher', '@vscode/spdlog', 'native-watchdog', 'node-pty'];

export function ensureCodeServer() {
  if (existsSync(CODE_SERVER)) return;
  ensureSystemPackages(FOR_CODE_SERVER);
  say(`installing code-server ${VERSION} into ${HOME} (once; one to three minutes)`);
  // Under another name until it is complete, so that an interrupted installation is never taken for one.
  const partial = `${HOME}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    install(partial);
    rmSync(HOME, { recursive: true, force: true });
    renameSync(partial, HOME);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function install(folder) {
  const env = { ...process.env, npm_config_yes: 'true', npm_config_nodedir: nodeHeaders(folder) };
  const npm = (cwd, ...args) => run('npm', args, { cwd, env });
  const plain = ['--ignore-scripts', '--no-audit', '--no-fund'];

  writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n');
  npm(folder, 'install', `code-server@${VERSION}`, ...plain);
  const code = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  npm(code, 'install', '--omit=dev', ...plain);
  npm(path.join(code, 'extensions'), 'install', '--omit=dev', ...plain);

  const search = path.join(code, 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(search, { recursive: true });
  copyFileSync(run('sh', ['-c', 'command -v rg']).trim(), path.join(search, 'rg'));

  for (const name of NATIVE) {
    if (existsSync(path.join(code, 'node_modules', name))) npm(code, 'rebuild', name, '--foreground-scripts');
  }
  // From the top folder and from source: elsewhere this says "ok" and builds nothing.
  npm(folder, 'rebuild', 'argon2', '--build-from-source', '--foreground-scripts');
  symlinkSync('node_modules', path.join(code, 'node_modules.asar'));
  symlinkSync('code-linux.sh', path.join(code, 'bin', 'remote-cli', 'code-server'));
  symlinkSync('browser-linux.sh', path.join(code, 'bin', 'helpers', 'browser.sh'));
  if (!existsSync(path.join(code, 'node_modules', 'node-pty', 'build', 'Release', 'pty.node'))) {
    throw new Trouble('code-server was installed, but its terminal module was not built');
  }
}

/** Node's C++ headers: beside Node where they are, else from the npm package of this very version. */
function nodeHeaders(folder) {
  const beside = path.resolve(path.dirname(process.execPath), '..');
  const major = `#define NODE_MAJOR_VERSION ${process.versions.node.split('.')[0]}\n`;
  for (const place of [beside, '/usr', '/usr/local']) {
    const header = path.join(place, 'include', 'node', 'node_version.h');
    // Headers of another Node lie about, as a rule those of the system's own package.
    if (existsSync(header) && readFileSync(header, 'utf8').includes(major)) return place;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const home = path.join(folder, 'headers');
  mkdirSync(home);
  writeFileSync(path.join(home, 'package.json'), '{"private": true}\n');
  run('npm', ['install', `${name}@${process.versions.node}`, '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: home,
  });
  return path.join(home, 'node_modules', name);
}

if (isMain(import.meta.url)) {
  await main(() => {
    ensureCodeServer();
    say(`code-server is at ${CODE_SERVER}`);
  });
}
