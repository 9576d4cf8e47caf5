/**
 * `npm start`: does all the set-up, packages the extension, and opens VS Code on `examples/` with it.
 *
 * It uses nothing but Node's own modules, because it runs before anything is installed.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { CODE_SERVER, ensureCodeServer } from './code-server.mjs';
import { ensureNodeModules } from './npm.mjs';
import { packageExtension } from './package.mjs';
import { CACHE, main, ROOT, run, say, Trouble, works } from './say.mjs';
import { ensureSystemPackages, FOR_BUNDLE, FOR_CODE_SERVER } from './system.mjs';

const EXAMPLES = path.join(ROOT, 'examples');
const FIRST_PORT = 8137;

/** What spares a newcomer the welcome page and the questions; everything else is as VS Code comes. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  // The examples lie inside the project's own repository, which is not what they are opened for.
  'git.openRepositoryInParentFolders': 'never',
};

await main(async () => {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Trouble(`Node 20 or newer is needed; this is ${process.versions.node}`);
  }
  const desktop = works('code', ['--version']);
  // All at once, so that where they cannot be installed, one message names them all.
  ensureSystemPackages(desktop || existsSync(CODE_SERVER) ? FOR_BUNDLE : [...FOR_BUNDLE, ...FOR_CODE_SERVER]);
  ensureNodeModules();
  const vsix = packageExtension();
  if (desktop && openDesktop(vsix)) return;
  ensureCodeServer();
  await openInBrowser(vsix);
});

/** Opens the desktop program; false when it declines, as it does for root. */
function openDesktop(vsix) {
  const code = (...args) => spawnSync('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (code('--install-extension', vsix, '--force').status !== 0) return false;
  say(`opening VS Code on ${EXAMPLES}`);
  return code('--new-window', EXAMPLES, path.join(EXAMPLES, 'kci.bib')).status === 0;
}

/** Serves VS Code on a loopback address until it is interrupted. */
async function openInBrowser(vsix) {
  const profile = path.join(CACHE, 'profile');
  const user = path.join(profile, 'data', 'User');
  mkdirSync(user, { recursive: true });
  const settings = path.join(user, 'settings.json');
  if (!existsSync(settings)) writeFileSync(settings, `${JSON.stringify(SETTINGS, null, 2)}\n`);
  const folders = ['--user-data-dir', path.join(profile, 'data'), '--extensions-dir', path.join(profile, 'extensions')];
  // code-server takes the port, and the editor to talk to, from variables that a terminal inside VS Code sets.
  const { PORT, VSCODE_IPC_HOOK_CLI, ...env } = process.env;
  say('installing the extension into VS Code');
  run(process.execPath, [CODE_SERVER, ...folders, '--install-extension', vsix, '--force'], { env });

  const port = await freePort(FIRST_PORT);
  const address = `http://127.0.0.1:${port}/?folder=${encodeURI(EXAMPLES)}`;
  const options = ['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check'];
  const config = ['--config', path.join(profile, 'config.yaml'), '--disable-getting-started-override'];
  const child = spawn(process.execPath, [CODE_SERVER, ...folders, ...options, ...config, EXAMPLES], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  // npm, when it is ended, does not always end what it started.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000);
  const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 0)));
  await Promise.race([untilReady(port), ended]);
  if (child.exitCode === null) {
    say(`VS Code runs at ${address}`);
    say('open that address in a browser on this machine (no password), then kci.bib or kci.ris; end with Ctrl+C');
  }
  process.exitCode = await ended;
  clearInterval(watch);
}

async function untilReady(port) {
  for (;;) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The first port from `port` on that nobody on this machine listens on. */
async function freePort(port) {
  const free = await new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return free ? port : freePort(port + 1);
}
