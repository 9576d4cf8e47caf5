/** A KCI export in BibTeX: seen, understood, mended, cited and converted. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export default async function bib(workbench, { workspace, expected, note }) {
  const read = (name) => readFileSync(path.join(workspace, name), 'utf8');
  const risBefore = read('seed.ris');

  await workbench.openFile('seed.bib');
  assert.match(await workbench.language(), /BibTeX/);
  await workbench.squiggles.first().waitFor();
  note(`squiggle; problem: ${await workbench.problem('S101')}`);
  await workbench.shot('1-problem');

  const hover = await workbench.hover('title={', expected.citations[0]);
  for (const citation of expected.citations) assert.ok(hover.includes(citation), `${citation}\nnot in\n${hover}`);
  for (const label of expected.labels) assert.match(hover, new RegExp(label, 'i'));
  await workbench.shot('2-hover');
  note('hover with every style');
  await workbench.leaveHover();

  await workbench.goTo(1, expected.braceColumn);
  note(`applied: ${await workbench.applyAction(/^Close the entry/, '3-fixes')}`);
  await workbench.squiggles.first().waitFor({ state: 'detached' });
  await workbench.save();
  assert.match(read('seed.bib'), /^@article\{\w+,\nauthor=[^]*\}\n\}\s*$/);
  await workbench.shot('4-fixed');

  await workbench.goTo(3, 1);
  await workbench.command('bibwright: Copy Citation As...', 'kci-apa', 'Plain text');
  await workbench.page.locator('.statusbar', { hasText: 'Copied: ' }).waitFor();
  assert.equal(await workbench.clipboard(), expected.citations[0]);
  note('citation copied');

  await workbench.command('bibwright: Convert File To...', 'RIS', 'New unsaved document');
  const converted = await workbench.unsavedDocument('TY  - JOUR');
  assert.match(converted, new RegExp(`DO  - ${escape(expected.doi)}`));
  assert.match(await workbench.language(), /RIS/);
  await workbench.shot('5-converted');
  await workbench.closeEditor();

  await workbench.openFile('seed.bib');
  await workbench.command('bibwright: Convert File To...', 'RIS', 'New file beside this one');
  await workbench.page.locator('.tabs-container .tab.active[data-resource-name="seed-2.ris"]').waitFor();
  assert.match(read('seed-2.ris'), /^TY {2}- JOUR$/m);
  assert.equal(read('seed.ris'), risBefore);
  note('converted, into a free name');
}

function escape(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
