/**
 * Puts the language server and everything it imports into `bundled/`.
 *
 * The libraries are taken as pure-Python wheels only, so that one extension serves every platform: a
 * dependency without such a wheel makes this fail, which is the moment to notice it.
 */

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EXTENSION, isMain, main, ROOT, run, say } from './say.mjs';
import { ensureSystemPackages, findPip, FOR_BUNDLE } from './system.mjs';

const BUNDLED = path.join(EXTENSION, 'bundled');
const LIBS = path.join(BUNDLED, 'libs');
const STAMP = path.join(BUNDLED, '.stamp');

const PIP = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-compile', '--root-user-action=ignore'];

export function bundle() {
  const stamp = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  ensureSystemPackages(FOR_BUNDLE);
  const python = findPip();
  say('bundling the language server');
  rmSync(BUNDLED, { recursive: true, force: true });
  mkdirSync(LIBS, { recursive: true });
  const pure = ['--only-binary=:all:', '--platform', 'any', '--implementation', 'py', '--python-version', '3.11'];
  run(python, [...PIP, ...pure, '--target', LIBS, ...dependencies(python)]);
  // The server itself is built from its source, which is not what --only-binary allows.
  run(python, [...PIP, '--no-deps', '--target', LIBS, ROOT]);
  rmSync(path.join(LIBS, 'bin'), { recursive: true, force: true });
  // pip notes where the project lay on the machine that built the bundle, which is nobody's business.
  for (const name of readdirSync(LIBS).filter((each) => each.startsWith('bibwright-'))) {
    rmSync(path.join(LIBS, name, 'direct_url.json'), { force: true });
  }
  copyFileSync(path.join(EXTENSION, 'launcher', 'launch.py'), path.join(BUNDLED, 'launch.py'));
  writeFileSync(STAMP, stamp);
}

/** What the project's own metadata asks for: there is no second list to keep. */
function dependencies(python) {
  const read =
    'import json, sys, tomllib; print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))["project"]["dependencies"]))';
  return JSON.parse(run(python, ['-c', read, path.join(ROOT, 'pyproject.toml')]));
}

/** Changes when anything that goes into the bundle does. */
function fingerprint() {
  const hash = createHash('sha256');
  const files = [path.join(ROOT, 'pyproject.toml'), path.join(EXTENSION, 'launcher', 'launch.py')];
  // The archive of citation styles is made by the build, from what `server/packing` names.
  const made = path.join(ROOT, 'server', 'bibwright', 'csl', 'data', 'official-styles.');
  const walk = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === '__pycache__') continue;
      const child = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(child);
      else if (!child.startsWith(made)) files.push(child);
    }
  };
  walk(path.join(ROOT, 'server', 'bibwright'));
  walk(path.join(ROOT, 'server', 'packing'));
  walk(path.join(ROOT, 'docs', 'rules'));
  for (const file of files) hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

if (isMain(import.meta.url)) await main(bundle);
