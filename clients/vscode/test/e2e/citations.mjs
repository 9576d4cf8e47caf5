/** Citations as a person meets them: hover in three styles, the preview beside the file, a bibliography in a new document. */

import assert from 'node:assert/strict';

export default async function citations(workbench, { expected, note }) {
  const { page } = workbench;

  await workbench.openFile('refs.bib');
  await workbench.squiggles.first().waitFor();
  const hover = await workbench.hover('title', 'Roe');
  for (const part of expected.hover) assert.ok(hover.includes(part), `${part}\nnot in\n${hover}`);
  await workbench.shot('1-hover');
  await workbench.leaveHover();
  note('hover in the three default styles, each with its form in the text');

  await page.locator('.editor-actions .action-label[aria-label^="Preview Bibliography"]').first().click();
  const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await preview.locator('.entry').first().waitFor();
  assert.match(await preview.locator('#order').innerText(), /^3 entries, sorted by the style$/);
  const keys = await preview.locator('.key').allInnerTexts();
  assert.deepEqual(keys, ['doe2', 'doe1', 'roe']);
  await preview.locator('.entry i', { hasText: 'Journal of Tests' }).first().waitFor();
  await workbench.shot('2-preview');
  note('preview, sorted and told apart');

  await page.locator('.tabs-container .tab[data-resource-name="refs.bib"]').click();
  await workbench.goTo(2, 16);
  await preview.locator('.entry.current .key', { hasText: 'roe' }).waitFor();
  note('it follows the cursor');

  await page.keyboard.type('Zzyzx');
  await preview.locator('.entry.current', { hasText: 'Zzyzx' }).waitFor();
  await workbench.shot('3-edited');
  note('and edits');

  await preview.locator('#style').click();
  await workbench.search('ieee', /^ieee\s*IEEE Reference/);
  await preview.locator('#style', { hasText: /^IEEE Reference/ }).waitFor();
  await preview.locator('.csl-left-margin', { hasText: '[1]' }).waitFor();
  await workbench.shot('4-ieee');
  note('another style, numbers in the margin');

  await preview.locator('.key', { hasText: 'doe2' }).click();
  await page.locator('#status\\.editor\\.selection', { hasText: 'Ln 15' }).waitFor();
  note('an entry leads to its place in the file');

  await workbench.command('bibwright: Insert Bibliography As...', 'All entries of this file');
  await workbench.search('mla handbook', /^modern-language-association/);
  await workbench.choose('LaTeX', 'New unsaved document');
  const written = await workbench.unsavedDocument('thebibliography');
  assert.match(written, /\\bibitem\{doe2\}/);
  await workbench.shot('5-latex');
  note('bibliography in LaTeX in a new document');
}
