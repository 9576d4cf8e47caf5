/** Without a Python that can run the server, exactly one message says what to do. */

import assert from 'node:assert/strict';

export default async function noPython(workbench, { expected, note }) {
  await workbench.openFile('seed.bib');
  await workbench.toasts.first().waitFor();
  await workbench.openFile('seed.ris');
  assert.match(await workbench.language(), /RIS/);
  // What else might pop up comes through the extension host, as this command does: it is behind it in line.
  await workbench.command('bibwright: Show Output');
  await workbench.page.locator('.output-view-content, .pane-body.output-view').first().waitFor();
  await workbench.shot('1-message');
  const messages = await workbench.toasts.allInnerTexts();
  note(messages.join(' || '));
  assert.equal(messages.length, 1);
  assert.match(messages[0], /needs Python 3\.11 or newer/);
  assert.match(messages[0], new RegExp(expected.also));
  await workbench.page.getByRole('button', { name: 'Open settings' }).click();
  await workbench.page.locator('.settings-editor .setting-item', { hasText: 'Interpreter' }).first().waitFor();
  await workbench.shot('2-settings');
}
