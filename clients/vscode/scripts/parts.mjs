/** Prints as JSON where the parts of the end-to-end test are, and which are missing. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { CODE_SERVER } from './code-server.mjs';
import { EXTENSION } from './say.mjs';
import { findChromium, findPip } from './system.mjs';

const browser = findChromium();
const parts = {
  'the development dependencies of clients/vscode': existsSync(path.join(EXTENSION, 'node_modules', 'playwright-core')),
  'code-server': existsSync(CODE_SERVER),
  chromium: browser !== undefined,
  'a Python with pip': findPip() !== undefined,
};
const missing = Object.keys(parts).filter((name) => !parts[name]);
console.log(JSON.stringify({ codeServer: CODE_SERVER, browser, missing }));
