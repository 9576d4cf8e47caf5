/** Rules as a person meets them: explained, ignored in an entry and in a configuration file, fixed all at once and on save. */

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export default async function rules(workbench, { workspace, note }) {
  const read = (name) => readFileSync(path.join(workspace, name), 'utf8');
  const { page } = workbench;

  await workbench.openFile('refs.bib');
  // Three page ranges, by the settings a warning; what the settings ignore, and the macro of the file beside, is none.
  await workbench.counts('warning', 3);
  await workbench.problem('V408');
  const listed = await workbench.problems();
  assert.deepEqual(listed.filter((row) => /X702|T611/.test(row)), [], listed.join('\n'));
  await page.locator('.markers-panel a', { hasText: 'V408' }).first().waitFor();
  await workbench.editor.locator('.squiggly-inline-unnecessary', { hasText: 'leftover' }).waitFor();
  await workbench.shot('1-problems');
  note('the settings count, the other file is known, what is unused is faded');

  const hover = await workbench.hoverOn('10-19', 'page-range: ');
  assert.match(hover, /V408/);
  await page.locator('.monaco-hover:visible a[data-href$="V408.md"]').first().waitFor();
  await workbench.shot('2-hover');
  await workbench.leaveHover();
  note('hover with the rule and a link to its page');

  await page.locator('.markers-panel a', { hasText: 'V408' }).first().click();
  await page.locator('.tabs-container .tab.active[data-resource-name="V408.md"]').waitFor();
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await preview.locator('h1', { hasText: 'page-range (V408)' }).waitFor();
  await workbench.shot('3-page');
  await workbench.closeEditor();
  note('the code of a problem leads to the page of its rule');

  await workbench.hidePanel();
  await workbench.goTo(18, 16);
  note(`applied: ${await workbench.applyAction(/^Ignore V408 for this entry/, '4-actions')}`);
  await workbench.counts('warning', 2);
  assert.match(await workbench.visibleText(), /% bibwright: ignore\[V408\]\s+@article\{kim2021/);
  await workbench.shot('5-ignored');

  await workbench.goTo(9, 15);
  note(`applied: ${await workbench.applyAction(/^Fix all V408/)}`);
  await workbench.counts('warning', 0);
  const fixed = await workbench.visibleText();
  for (const pages of ['{1--9}', '{10-19}', '{20--29}']) assert.ok(fixed.includes(pages), fixed);
  await workbench.shot('6-all-fixed');

  assert.equal(await workbench.squiggles.count(), 1);
  await workbench.save();
  await workbench.squiggles.first().waitFor({ state: 'detached' });
  assert.match(read('refs.bib'), /\{The end of things\},\n/);
  note('fixed on save');

  await workbench.openFile('more.bib');
  await workbench.counts('warning', 1);
  writeFileSync(path.join(workspace, 'bibwright.toml'), 'ignore = ["V408"]\nselct = ["S"]\n');
  await workbench.counts('warning', 0);
  note(`what is wrong in the configuration: ${await workbench.problem('selct')}`);
  await workbench.shot('7-configuration');

}
