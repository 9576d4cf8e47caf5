/**
 * Drives one scenario: `drive.mjs NAME`, with what it needs as JSON on standard input
 * (`url`, `browser`, `shots`, `workspace`, `expected`, `prefix` of the screenshots). Ends with 0 when all that it expects is seen.
 */

import { readFileSync } from 'node:fs';
import { Workbench } from './workbench.mjs';

const name = process.argv[2];
const given = JSON.parse(readFileSync(0, 'utf8'));
const { default: scenario } = await import(`./${name}.mjs`);
const workbench = await Workbench.open({ ...given, prefix: given.prefix ?? name });
const began = Date.now();
const note = (line) => console.log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${line}`);
try {
  await scenario(workbench, { ...given, note });
} catch (error) {
  await workbench.shot('failed');
  throw error;
} finally {
  await workbench.close();
}
