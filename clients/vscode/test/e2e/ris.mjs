/** A KCI export in RIS: seen, mended, understood and converted. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export default async function ris(workbench, { workspace, expected, note }) {
  await workbench.openFile('seed.ris');
  assert.match(await workbench.language(), /RIS/);
  await workbench.squiggles.first().waitFor();
  note(`squiggle; problem: ${await workbench.problem('S201')}`);
  await workbench.shot('1-problem');

  await workbench.goTo(1, 4);
  note(`applied: ${await workbench.applyAction(/^Correct all 15 tag lines/, '2-fixes')}`);
  await workbench.squiggles.first().waitFor({ state: 'detached' });
  await workbench.save();
  const saved = readFileSync(path.join(workspace, 'seed.ris'), 'utf8');
  assert.match(saved, /^TY {2}- JOUR$/m);
  assert.match(saved, /^ER {2}- ?$/m);
  assert.doesNotMatch(saved, /^[A-Z][A-Z0-9] - /m);

  const hover = await workbench.hover('TI  - ', expected.citations[0]);
  for (const citation of expected.citations) assert.ok(hover.includes(citation), `${citation}\nnot in\n${hover}`);
  for (const label of expected.labels) assert.match(hover, new RegExp(label, 'i'));
  await workbench.shot('3-hover');
  note('hover with every style');
  await workbench.leaveHover();

  await workbench.goTo(2, 1);
  note(`applied: ${await workbench.applyAction(/Convert entry to BibTeX/i, '4-actions')}`);
  const converted = await workbench.unsavedDocument('@article');
  assert.ok(converted.includes(expected.doi), converted);
  assert.match(await workbench.language(), /BibTeX/);
  await workbench.shot('5-converted');
  note('entry converted');
}
