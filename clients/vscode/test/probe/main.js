/** Asks VS Code itself what bibwright answers, and writes a report into the workspace. */

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const PATIENCE_MS = 20_000;

/** In the value of the title, in both files: pointing at a field's name shows what the field means instead. */
const IN_VALUE = new vscode.Position(2, 20);

/** A request that is never answered fails its own case alone. */
const inTime = (promise) => {
  const late = (_, reject) => setTimeout(() => reject(new Error('no answer')), 2 * PATIENCE_MS);
  return Promise.race([promise, new Promise(late)]);
};

const until = async (what, condition) => {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const result = await condition();
    if (result) return result;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const diagnosticsOf = (uri, code) =>
  until(`${code} in ${uri.path}`, () => {
    const found = vscode.languages.getDiagnostics(uri).filter((each) => codeOf(each) === code);
    return found.length > 0 && found;
  });
const codeOf = ({ code }) => (typeof code === 'object' ? code.value : code);
const shown = ({ start, end }) => `${start.line}:${start.character}-${end.line}:${end.character}`;

/**
 * The first action that passes. Asked again and again: VS Code drops the answer when an extension, late at start-up,
 * registers actions of its own meanwhile.
 */
const actionAt = async (uri, range, what, passes) => {
  let seen = [];
  try {
    return await until(what, async () => {
      seen = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, undefined, 50).then(
        (actions) => actions,
        (error) => (error.name === 'Canceled' ? [] : Promise.reject(error)),
      );
      return seen.find(passes);
    });
  } catch (error) {
    throw new Error(`${error.message}; offered: ${seen.map((each) => each.title).join(' | ')}`);
  }
};

const hoverText = async (uri, position) => {
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, position);
  return hovers.flatMap((each) => each.contents.map((part) => part.value ?? part)).join('\n');
};

const cases = {
  async 'the brace of the .bib is a problem, at its place'(folder) {
    const [found] = await diagnosticsOf(vscode.Uri.joinPath(folder, 'seed.bib'), 'S101');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(found.range.start.line, 0);
    assert.equal(found.range.end.character - found.range.start.character, 1);
    assert.equal(found.source, 'bibwright');
  },
  async 'the separators of the .ris are one problem'(folder) {
    const found = await diagnosticsOf(vscode.Uri.joinPath(folder, 'seed.ris'), 'S201');
    assert.deepEqual(found.map((each) => shown(each.range)), ['0:2-0:5']);
  },
  async 'hover labels each citation style'(folder) {
    const text = await hoverText(vscode.Uri.joinPath(folder, 'seed.bib'), IN_VALUE);
    for (const label of [/APA Style/, /MLA Handbook/, /Chicago Manual/]) assert.match(text, label);
  },
  async 'hover on a name says what the field means'(folder) {
    for (const name of ['seed.bib', 'seed.ris']) {
      const text = await hoverText(vscode.Uri.joinPath(folder, name), new vscode.Position(2, 1));
      assert.ok(text, name);
      assert.doesNotMatch(text, /Chicago Manual/);
    }
  },
  async 'the setting decides which styles are shown'(folder) {
    const uri = vscode.Uri.joinPath(folder, 'seed.bib');
    const settings = vscode.workspace.getConfiguration('bibwright');
    await settings.update('styles', ['kci-mla'], vscode.ConfigurationTarget.Global);
    try {
      await until('another style', async () => {
        const text = await hoverText(uri, IN_VALUE);
        return /mla/i.test(text) && !/vancouver/i.test(text);
      });
    } finally {
      await settings.update('styles', undefined, vscode.ConfigurationTarget.Global);
    }
  },
  async 'a quick fix of the .bib takes the error away'(folder) {
    await fix(vscode.Uri.joinPath(folder, 'seed.bib'), 'S101');
  },
  async 'a quick fix of the .ris takes the error away'(folder) {
    await fix(vscode.Uri.joinPath(folder, 'seed.ris'), 'S201');
  },
  async 'conversion of the entry and the file is offered and opens an unsaved document'(folder) {
    for (const [name, to, language] of [['seed.bib', 'RIS', 'ris'], ['seed.ris', 'BibTeX', 'bibtex']]) {
      const uri = vscode.Uri.joinPath(folder, name);
      const line = new vscode.Range(1, 0, 1, 0);
      for (const title of [`Convert entry to ${to}`, `Convert file to ${to}`]) {
        const action = await actionAt(uri, line, title, (each) => each.title === title);
        const before = new Set(vscode.workspace.textDocuments);
        await vscode.commands.executeCommand(action.command.command, ...action.command.arguments);
        const opened = vscode.workspace.textDocuments.find((each) => !before.has(each) && each.isUntitled);
        assert.ok(opened, `${title} opened nothing`);
        assert.equal(opened.languageId, language);
        assert.match(opened.getText(), language === 'ris' ? /^TY {2}- JOUR$/m : /^@article\{/m);
      }
    }
  },
  async 'copying a citation is offered and fills the clipboard'(folder) {
    const uri = vscode.Uri.joinPath(folder, 'seed.bib');
    const copies = (each) => /^Copy citation as .*apa/i.test(each.title);
    const action = await actionAt(uri, new vscode.Range(1, 0, 1, 0), 'copying in APA', copies);
    await vscode.commands.executeCommand(action.command.command, ...action.command.arguments);
    assert.ok((await vscode.env.clipboard.readText()).length > 20);
  },
  async 'inserting a citation changes the document'(folder) {
    const uri = vscode.Uri.joinPath(folder, 'seed.bib');
    const document = await vscode.workspace.openTextDocument(uri);
    const before = document.getText();
    const argument = { uri: uri.toString(), position: { line: 2, character: 0 }, style: 'kci-apa' };
    const citation = await vscode.commands.executeCommand('bibwright.renderCitation', argument);
    await vscode.commands.executeCommand('bibwright.insertCitation', argument);
    await until('the citation in the text', () => document.getText() !== before);
    assert.ok(document.getText().includes(citation.text), document.getText());
  },
  async 'a document that was never saved is checked too'() {
    const content = 'TY - JOUR\nAU - Doe, Jane\nTI - A title\nER -\n';
    const document = await vscode.workspace.openTextDocument({ language: 'ris', content });
    await diagnosticsOf(document.uri, 'S201');
  },
  async 'restarting the server brings the problems back'(folder) {
    const uri = vscode.Uri.joinPath(folder, 'second.ris');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    await diagnosticsOf(uri, 'S201');
    await vscode.commands.executeCommand('bibwright.restartServer');
    await diagnosticsOf(uri, 'S201');
    assert.match(await hoverText(uri, IN_VALUE), /apa/i);
  },
  async 'all safe fixes at once leave no error'(folder) {
    const uri = vscode.Uri.joinPath(folder, 'second.ris');
    await vscode.commands.executeCommand('bibwright.fixAllSafe');
    await until('no error', () =>
      vscode.languages.getDiagnostics(uri).every((each) => each.severity !== vscode.DiagnosticSeverity.Error),
    );
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /^TY {2}- JOUR$/m);
  },
};

async function fix(uri, code) {
  const [found] = await diagnosticsOf(uri, code);
  const isFix = (each) => each.isPreferred && each.edit && vscode.CodeActionKind.QuickFix.contains(each.kind);
  const action = await actionAt(uri, found.range, `a preferred fix for ${code}`, isFix);
  assert.ok(await vscode.workspace.applyEdit(action.edit));
  await until(`${code} to go`, () => vscode.languages.getDiagnostics(uri).every((each) => codeOf(each) !== code));
}

exports.activate = async () => {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  for (const name of ['seed.ris', 'seed.bib']) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
    await vscode.window.showTextDocument(document, { preview: false });
  }
  const results = [];
  for (const [name, body] of Object.entries(cases)) {
    try {
      await inTime(body(folder));
      results.push({ name, problem: null });
    } catch (error) {
      results.push({ name, problem: String(error.stack || error) });
    }
  }
  const report = path.join(folder.fsPath, '.probe.json');
  fs.writeFileSync(`${report}.part`, JSON.stringify({ version: vscode.version, results }, null, 1));
  fs.renameSync(`${report}.part`, report);
};
