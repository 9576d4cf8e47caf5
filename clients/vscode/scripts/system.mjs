/** The programs and headers that only the system's package manager can bring. */

import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { run, say, Trouble, works } from './say.mjs';

const program = (name, ...args) => () => works(name, args.length ? args : ['--version']);

/** A Python that can make the bundle: new enough, and with pip. */
const PYTHON = { name: 'python3-pip', present: () => findPip() !== undefined };

/** What compiling the native modules of code-server takes, and the search program that it runs. */
export const FOR_CODE_SERVER = [
  { name: 'g++', present: program('g++') },
  { name: 'make', present: program('make') },
  { name: 'pkg-config', present: program('pkg-config') },
  { name: 'ripgrep', present: program('rg') },
];

/** What the extension is built with. */
export const FOR_BUNDLE = [PYTHON];

/** What makes a Python environment, which Debian packs apart from Python. */
export const FOR_VENV = [{ name: 'python3-venv', present: () => works(findPip() ?? 'python3', ['-c', 'import ensurepip']) }];

/** The browser that the end-to-end test drives, and a font for it. */
export const FOR_BROWSER = [
  { name: 'chromium', present: () => findChromium() !== undefined },
  { name: 'fonts-dejavu-core', present: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf') },
];

/** The path of the browser that the end-to-end test drives, or undefined. */
export function findChromium() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => existsSync(place));
}

/** The name of a Python >= 3.11 that has pip, or undefined. */
export function findPip() {
  const old = 'import sys; sys.exit(sys.version_info < (3, 11))';
  for (const name of ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', '/usr/bin/python3']) {
    if (works(name, ['-c', old]) && works(name, ['-m', 'pip', '--version'])) return name;
  }
  return undefined;
}

/**
 * Installs those of the packages that are missing, with apt, as root or through sudo. Where that cannot be
 * done, one message names all of them, so that nobody has to come back for the next one.
 */
export function ensureSystemPackages(wanted) {
  const missing = wanted.filter((each) => !each.present());
  if (missing.length === 0) return;
  const names = missing.map((each) => each.name);
  const byHand = `apt-get install -y ${names.join(' ')}`;
  if (!works('apt-get', ['--version'])) {
    throw new Trouble(
      `these are missing, and there is no apt-get here to install them: ${names.join(', ')} (Debian's names).\n` +
        'Install them by your system\'s own means, then run this again.',
    );
  }
  const prefix = rootPrefix();
  if (prefix === undefined) {
    throw new Trouble(
      `these system packages are missing, and neither root nor sudo is at hand to install them:\n` +
        `  ${names.join(' ')}\nHave them installed (as root: ${byHand}), then run this again.`,
    );
  }
  say(`installing system packages: ${names.join(' ')}`);
  const [command, ...args] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  run(command, [...args, 'update', '-qq']);
  run(command, [...args, 'install', '-y', '-qq', '--no-install-recommends', ...names]);
  const still = missing.filter((each) => !each.present()).map((each) => each.name);
  if (still.length) throw new Trouble(`installed, and yet not found: ${still.join(', ')}`);
}

/** What goes before a command so that it runs as root, or undefined when nothing does. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (!works('sudo', ['--version'])) return undefined;
  if (works('sudo', ['-n', 'true'])) return ['sudo', '-n'];
  if (!process.stdin.isTTY) return undefined;
  say('sudo asks for your password to install system packages');
  return spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0 ? ['sudo', '-n'] : undefined;
}
