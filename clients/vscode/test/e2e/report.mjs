/** Opens the window and waits for the report that the probe extension writes. */

import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';

const PATIENCE_MS = 150_000;

export default async function report(workbench, { workspace }) {
  const written = path.join(workspace, '.probe.json');
  const end = Date.now() + PATIENCE_MS;
  while (!existsSync(written)) {
    if (Date.now() > end) throw new Error('the probe extension wrote no report');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await workbench.shot('1-after');
  renameSync(written, path.join(workspace, 'probe-read.json'));
}
