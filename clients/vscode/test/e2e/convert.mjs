/** Conversion as a person meets it: in place after a preview, undone at once, and what is lost told before. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export default async function convert(workbench, { workspace, expected, note }) {
  const read = (name) => readFileSync(path.join(workspace, name), 'utf8');
  const { page } = workbench;
  const panel = page.locator('.bulk-edit-panel');
  const button = (name) => page.locator('.notifications-toasts .monaco-button', { hasText: name });

  await workbench.openFile('refs.bib');
  const before = read('refs.bib');
  await workbench.command('bibwright: Convert File To...', 'biblatex', 'In this document, after a preview');
  await panel.locator('.monaco-list-row', { hasText: 'refs.bib' }).first().waitFor();
  await workbench.shot('1-preview');
  assert.equal(read('refs.bib'), before);
  await panel.locator('.monaco-list-row', { hasText: 'refs.bib' }).first().locator('input').check();
  await workbench.shot('2-ticked');
  await panel.locator('.monaco-button', { hasText: 'Apply' }).click();
  await workbench.editor.locator('.view-line', { hasText: 'journaltitle' }).first().waitFor();
  await workbench.shot('3-applied');
  await workbench.save();
  assert.equal(read('refs.bib'), expected.biblatex);
  note('converted in place, after a preview');

  await workbench.goTo(1, 1);
  await page.keyboard.press('Control+Z');
  await workbench.editor.locator('.view-line', { hasText: 'journaltitle' }).first().waitFor({ state: 'detached' });
  await workbench.save();
  assert.equal(read('refs.bib'), before);
  note('undone at once');

  await workbench.openFile('lossy.bib');
  await workbench.command('bibwright: Convert File To...', 'BibTeX', 'In this document');
  await panel.locator('.monaco-list-row', { hasText: 'lossy.bib' }).first().waitFor();
  await workbench.toasts.filter({ hasText: '1 value would be lost in BibTeX (date)' }).waitFor();
  await workbench.shot('4-what-is-lost');
  await button('Show report').click();
  await workbench.editor.locator('.view-line', { hasText: '# lossy.bib as BibTeX' }).waitFor();
  await workbench.shot('4-what-is-lost-in-full');
  await workbench.closeEditor();
  // What loses nothing is ticked, and what does is not.
  await panel.locator('.monaco-button', { hasText: 'Apply' }).click();
  await workbench.editor.locator('.view-line', { hasText: 'year = {2019}' }).first().waitFor();
  await workbench.save();
  assert.match(read('lossy.bib'), /date = \{2020-01\/2021-02\}/);
  note('what would be lost is asked about, and stays unless it is agreed to');

  await workbench.openFile('refs.ris');
  await workbench.command('bibwright: Convert File To...', 'CSL-JSON', 'New unsaved document');
  await button('Show report').waitFor();
  await workbench.shot('5-question');
  await button('Show report').click();
  const report = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await report.locator('h1', { hasText: 'refs.ris as CSL-JSON' }).waitFor();
  await button('Convert').waitFor();
  await workbench.shot('6-report');
  await button('Convert').click();
  // Beside the first one, where the report is.
  await page.locator('.tabs-container .tab.active[data-resource-name^="Untitled-"]').waitFor();
  await workbench.editor.locator('.view-line', { hasText: '"title": "On Things"' }).waitFor();
  assert.match(await workbench.language(), /JSON/);
  await workbench.shot('7-converted');
  note('converted to a new document, after the report');
}
