/**
 * Finds a Python that can run the bundled server.
 *
 * Names prove nothing: `python` may be a stub that opens a shop, `python3` may be years old. So every
 * candidate is really run and asked for its version.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import * as settings from './settings';

export const OLDEST: readonly [number, number] = [3, 11];

export interface Found {
  argv: string[];
}

/** Nothing fit; `tried` says what was there instead, one phrase each. */
export interface NotFound {
  tried: string[];
}

const ASK = 'import sys; print("%d.%d" % sys.version_info[:2])';

export async function findInterpreter(log: vscode.LogOutputChannel): Promise<Found | NotFound> {
  const tried: string[] = [];
  for await (const argv of candidates(log)) {
    const shown = argv.join(' ');
    const version = await versionOf(argv);
    if (version === undefined) {
      log.debug(`interpreter: ${shown} does not run`);
      if (settings.interpreter().length) tried.push(`${shown}, which does not run`);
      continue;
    }
    const [major, minor] = version;
    if (major === OLDEST[0] && minor >= OLDEST[1]) {
      log.info(`interpreter: ${shown} is Python ${major}.${minor}`);
      return { argv };
    }
    log.info(`interpreter: ${shown} is Python ${major}.${minor}, too old`);
    tried.push(`${shown}, which is Python ${major}.${minor}`);
  }
  return { tried };
}

async function* candidates(log: vscode.LogOutputChannel): AsyncGenerator<string[]> {
  const chosen = settings.interpreter();
  // Alone: somebody who names a Python does not want another.
  if (chosen.length) {
    yield chosen;
    return;
  }
  const active = await activeInPythonExtension(log);
  if (active) yield [active];
  if (process.platform === 'win32') yield ['py', '-3'];
  for (const name of ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11']) yield [name];
}

/** What the Python extension's API is used for here; the extension may be absent. */
interface PythonApi {
  environments?: {
    getActiveEnvironmentPath(): unknown;
    resolveEnvironment(path: unknown): Promise<{ executable?: { uri?: vscode.Uri } } | undefined>;
  };
}

async function activeInPythonExtension(log: vscode.LogOutputChannel): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>('ms-python.python');
  if (!extension) return undefined;
  try {
    const { environments } = await extension.activate();
    const found = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath());
    return found?.executable?.uri?.fsPath;
  } catch (error) {
    log.warn(`interpreter: the Python extension did not answer: ${String(error)}`);
    return undefined;
  }
}

async function versionOf(argv: string[]): Promise<[number, number] | undefined> {
  const [command, ...args] = argv;
  if (command === undefined) return undefined;
  try {
    const { stdout } = await promisify(execFile)(command, [...args, '-I', '-c', ASK], { timeout: 10_000 });
    const match = /^(\d+)\.(\d+)\s*$/.exec(stdout);
    return match ? [Number(match[1]), Number(match[2])] : undefined;
  } catch {
    return undefined;
  }
}
