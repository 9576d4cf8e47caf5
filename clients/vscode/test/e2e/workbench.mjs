/**
 * A hand on a real VS Code window in a browser. Every wait is for something that a person would see;
 * nothing sleeps.
 */

import path from 'node:path';
import { chromium } from 'playwright-core';

const PATIENCE_MS = 60_000;

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class Workbench {
  /** Opens the window at `url`; screenshots go into the folder `shots`, named with `prefix`. */
  static async open({ url, browser: executablePath, shots, prefix }) {
    const browser = await chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(url);
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return new Workbench(browser, page, shots, prefix);
  }

  constructor(browser, page, shots, prefix) {
    Object.assign(this, { browser, page, shots, prefix });
    this.editor = page.locator('.editor-instance');
    this.squiggles = page.locator('.editor-instance .squiggly-error');
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  async close() {
    await this.browser.close();
  }

  async shot(name) {
    // Hovers and notifications fade in; a spinner, on the other hand, never ends.
    await this.page.waitForFunction(() =>
      document.getAnimations().every((each) => {
        return each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity;
      }),
    );
    await this.page.screenshot({ path: path.join(this.shots, `${this.prefix}-${name}.png`) });
  }

  async openFile(name) {
    await this.page.keyboard.press('Control+P');
    await this.#input().fill(name);
    await this.#row(name).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
    await this.editor.locator('.view-lines .view-line').first().waitFor();
  }

  /** Runs a command from the palette, then picks one entry after another from the lists that it shows. */
  async command(title, ...picks) {
    await this.page.keyboard.press('F1');
    await this.#input().fill(`>${title}`);
    await this.#row(title).waitFor();
    await this.page.keyboard.press('Enter');
    await this.choose(...picks);
  }

  /** Picks one entry after another from the lists that are shown. */
  async choose(...picks) {
    for (const pick of picks) {
      const row = this.#row(pick);
      await row.waitFor();
      await this.#input().fill(pick);
      await row.waitFor();
      await this.page.keyboard.press('Enter');
      await row.waitFor({ state: 'hidden' });
    }
  }

  /** Types into a list that is searched elsewhere, and picks the entry once it is the first. */
  async search(words, found) {
    await this.#input().fill(words);
    const first = this.page.locator('.quick-input-list .monaco-list-row').first();
    await first.filter({ hasText: found }).waitFor();
    await this.page.keyboard.press('Enter');
    await first.filter({ hasText: found }).waitFor({ state: 'hidden' });
  }

  /** Puts the cursor there; line and column from 1, as the editor shows them. */
  async goTo(line, column) {
    await this.page.keyboard.press('Control+G');
    await this.#input().fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.editor.locator('.native-edit-context, textarea.inputarea').first().focus();
  }

  /** The message in the Problems panel that bears the code; the panel is opened for it. */
  async problem(code) {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    const row = panel.locator('.monaco-list-row', { hasText: code });
    await row.first().waitFor();
    return plain(await row.first().innerText());
  }

  async hidePanel() {
    await this.page.keyboard.press('Control+J');
    await this.page.locator('.part.panel').waitFor({ state: 'hidden' });
  }

  /** All rows of the Problems panel, which must be open. */
  async problems() {
    return (await this.page.locator('.markers-panel .monaco-list-row').allInnerTexts()).map(plain);
  }

  /** Waits until so many squiggles of a kind (`error`, `warning`, `info`) are shown in the editor. */
  async counts(kind, number) {
    const shown = this.editor.locator(`.squiggly-${kind}`);
    if (number > 0) await shown.nth(number - 1).waitFor({ state: 'attached' });
    await shown.nth(number).waitFor({ state: 'detached' });
  }

  /** What is shown when the mouse rests on the end of a text in the editor, once it contains `expected`. */
  async hoverOn(text, expected) {
    const box = await this.editor.locator('.view-line span', { hasText: text }).last().boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.page.mouse.move(x + 30, y);
    await this.page.mouse.move(x, y, { steps: 3 });
    const shown = this.page.locator('.monaco-hover:visible', { hasText: expected }).first();
    await shown.waitFor();
    return plain(await shown.innerText());
  }

  /** What is shown when the mouse rests on the line with a text, behind its beginning, once it contains `expected`. */
  async hover(text, expected) {
    const line = this.editor.locator('.view-line', { hasText: text }).first();
    const box = await line.boundingBox();
    // Two moves: the first one after a change of the page is not always seen as a movement.
    await this.page.mouse.move(box.x + 220, box.y + box.height / 2);
    await this.page.mouse.move(box.x + 200, box.y + box.height / 2, { steps: 3 });
    const shown = this.page.locator('.monaco-hover:visible', { hasText: expected }).first();
    await shown.waitFor();
    return plain(await shown.innerText());
  }

  async leaveHover() {
    await this.page.mouse.move(1000, 20);
    await this.page.keyboard.press('Escape');
  }

  /**
   * Opens the menu of fixes at the cursor, walks down to the one that matches, and applies it. Keys only: a layer
   * above the menu swallows the first click in some versions.
   *
   * VS Code drops the answer when an extension, late at start-up, registers actions of its own meanwhile. It then
   * shows fewer, or says that there are none, and one presses the keys again.
   */
  async applyAction(pattern, shotName) {
    const widget = this.page.locator('.action-widget');
    const seen = new Set();
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await this.#walkTo(pattern, seen)) {
        const title = plain(await widget.locator('.monaco-list-row.focused').innerText());
        if (shotName) await this.shot(shotName);
        await this.page.keyboard.press('Enter');
        await widget.waitFor({ state: 'hidden' });
        return title;
      }
      await this.page.keyboard.press('Escape');
      await widget.waitFor({ state: 'hidden' });
    }
    throw new Error(`no action matches ${pattern}; seen: ${[...seen].join(' | ')}`);
  }

  async save() {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.tabs-container .tab.active:not(.dirty)').waitFor();
  }

  async closeEditor() {
    await this.page.keyboard.press('F1');
    await this.#input().fill('>View: Revert and Close Editor');
    await this.#row('Revert and Close Editor').waitFor();
    await this.page.keyboard.press('Enter');
  }

  async language() {
    return plain(await this.page.locator('#status\\.editor\\.mode').innerText());
  }

  /** Waits until a new unsaved document is shown that contains `expected`, and returns its visible text. */
  async unsavedDocument(expected) {
    await this.page.locator('.tabs-container .tab.active[data-resource-name^="Untitled-"]').waitFor();
    await this.editor.locator('.view-line', { hasText: expected }).first().waitFor();
    return this.visibleText();
  }

  async visibleText() {
    // Lines that came in later stand last in the page, wherever they are shown.
    const lines = await this.editor.locator('.view-lines').first().locator('.view-line').evaluateAll((shown) => {
      const top = (line) => line.getBoundingClientRect().top;
      return shown.sort((a, b) => top(a) - top(b)).map((line) => line.innerText);
    });
    return plain(lines.map((line) => line.replace(/\n$/, '')).join('\n'));
  }

  async clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Opens the menu and moves down until the focused row matches; false when none does. */
  async #walkTo(pattern, seen) {
    const focused = this.page.locator('.action-widget .monaco-list-row.focused');
    const none = this.page.locator('.monaco-editor-overlaymessage', { hasText: 'No code actions available' });
    await none.waitFor({ state: 'hidden' });
    await this.page.keyboard.press('Control+.');
    await focused.or(none).first().waitFor();
    if (await none.isVisible()) return false;
    const rows = await this.page.locator('.action-widget .monaco-list-row').count();
    for (let row = 0; row < rows; row++) {
      const title = plain(await focused.innerText());
      if (pattern.test(title)) return true;
      seen.add(title);
      await this.page.keyboard.press('ArrowDown');
    }
    return false;
  }

  #input() {
    return this.page.locator('.quick-input-widget:visible input').first();
  }

  #row(text) {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }
}

/** The editor shows no-break spaces where the text has blanks. */
function plain(text) {
  return text.replace(/\u00a0/g, ' ');
}
