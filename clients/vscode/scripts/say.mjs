/** What the set-up scripts share: where things lie, how they speak, how they run a program. */

import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The extension's folder. */
export const EXTENSION = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The project's folder, which holds the server that the extension bundles. */
export const ROOT = path.resolve(EXTENSION, '..', '..');

/**
 * Where large downloads are kept between runs. Outside the project, because native modules are compiled
 * there and makefiles do not survive a path with blanks, which a project folder may well have.
 */
export const CACHE = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'bibwright');

/** A failure that the person at the keyboard can do something about: printed without a stack. */
export class Trouble extends Error {}

export function say(line) {
  console.log(`bibwright: ${line}`);
}

/** Runs a program and returns what it printed; its output is shown only when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and npx are scripts with a suffix of their own there.
    shell: process.platform === 'win32' && /^np[mx]$/.test(command),
    ...options,
  });
  if (done.error) throw new Trouble(`${command} could not be started: ${done.error.message}`);
  if (done.status !== 0) {
    const shown = [done.stdout, done.stderr].filter(Boolean).join('\n').trim().split('\n').slice(-40).join('\n');
    throw new Trouble(`this command failed with exit code ${done.status}:\n  ${command} ${args.join(' ')}\n${shown}`);
  }
  return done.stdout ?? '';
}

/** Whether a program starts and exits with 0. */
export function works(command, args) {
  const done = spawnSync(command, args, { stdio: 'ignore', timeout: 30_000 });
  return !done.error && done.status === 0;
}

/** Runs a script's main function and ends with a plain message if it fails in an expected way. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    console.error(`bibwright: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Whether this module was started as the program, rather than imported. */
export function isMain(url) {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url);
}
