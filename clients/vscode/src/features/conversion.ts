/** Converted entries and files, in a new unsaved document or in a new file beside the old one. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CLIENT_COMMANDS,
  type Converted,
  type ConvertEntryParams,
  type ConvertFileParams,
  type OpenConvertedArgument,
  SERVER_COMMANDS,
  type Target,
} from '../protocol';
import type { Server } from '../server';

const TITLES: Record<Target, string> = { bibtex: 'BibTeX', biblatex: 'biblatex', ris: 'RIS' };

export function activate(context: vscode.ExtensionContext, server: Server): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(CLIENT_COMMANDS.openConverted, async (argument: OpenConvertedArgument) => {
      const converted = 'text' in argument ? argument : await convert(server, argument);
      if (!converted) return;
      await openUnsaved(converted);
      tellSummary(server, converted);
    }),
    vscode.commands.registerCommand('bibwright.convertEntryTo', () => convertAsAsked(server, 'entry')),
    vscode.commands.registerCommand('bibwright.convertFileTo', () => convertAsAsked(server, 'file')),
  );
}

async function convertAsAsked(server: Server, what: 'entry' | 'file'): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const to = await askForTarget(what, document);
  const place = to && (await askForPlace(document));
  if (!to || !place) return;
  const uri = document.uri.toString();
  const { start, end } = selection;
  const range = {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
  const converted = await convert(server, what === 'entry' ? { uri, range, to } : { uri, to });
  if (!converted) return;
  if (place === 'unsaved') await openUnsaved(converted);
  else if (!(await writeBeside(document.uri, converted))) return;
  tellSummary(server, converted);
}

async function convert(
  server: Server,
  params: ConvertFileParams | ConvertEntryParams | Exclude<OpenConvertedArgument, Converted>,
): Promise<Converted | undefined> {
  const ofEntry = 'range' in params && params.range !== undefined;
  const command = ofEntry ? SERVER_COMMANDS.convertEntry : SERVER_COMMANDS.convertFile;
  const converted = await server.execute<Converted>(command, params);
  if (converted === null) {
    void vscode.window.showInformationMessage(
      ofEntry ? 'There is no entry at the cursor.' : 'There is no entry in this file.',
    );
  }
  return converted ?? undefined;
}

async function askForTarget(what: 'entry' | 'file', document: vscode.TextDocument): Promise<Target | undefined> {
  // A .bib may be of either dialect, so both are offered there.
  const targets: Target[] = document.languageId === 'ris' ? ['bibtex', 'biblatex'] : ['ris', 'biblatex', 'bibtex'];
  const items = targets.map((to) => ({ to, label: TITLES[to] }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: `Convert the ${what} to which format?` });
  return picked?.to;
}

async function askForPlace(document: vscode.TextDocument): Promise<'unsaved' | 'beside' | undefined> {
  // A document that is not on disk has no folder to put another one in.
  if (document.isUntitled) return 'unsaved';
  const items = [
    { place: 'unsaved' as const, label: 'New unsaved document' },
    { place: 'beside' as const, label: 'New file beside this one', description: 'never overwrites a file' },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Put the result where?' }))?.place;
}

async function openUnsaved(converted: Converted): Promise<void> {
  const document = await vscode.workspace.openTextDocument({
    language: converted.languageId,
    content: converted.text,
  });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Creates the file under a free name and opens it; false when it could not be written, which was then said. */
async function writeBeside(source: vscode.Uri, converted: Converted): Promise<boolean> {
  const target = await freeName(source, converted);
  const edit = new vscode.WorkspaceEdit();
  // Creating refuses where a file has appeared under that name in the meantime.
  edit.createFile(target, { contents: new TextEncoder().encode(converted.text), overwrite: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(`${target.fsPath} could not be written.`);
    return false;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(target), { preview: false });
  return true;
}

/** `refs.ris` beside `refs.bib`; `refs-2.ris` where that is taken, and so on. */
async function freeName(source: vscode.Uri, converted: Converted): Promise<vscode.Uri> {
  const extension = converted.languageId === 'ris' ? '.ris' : '.bib';
  const name = converted.suggestedName ?? path.posix.parse(source.path).name + extension;
  const { name: stem, ext } = path.posix.parse(path.posix.basename(name));
  for (let number = 1; ; number++) {
    const uri = vscode.Uri.joinPath(source, '..', number === 1 ? stem + ext : `${stem}-${number}${ext}`);
    if (!(await exists(uri))) return uri;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Says what was changed or lost: one short message, all of it in the output channel. */
function tellSummary(server: Server, { summary }: Converted): void {
  const [first, ...rest] = summary;
  if (first === undefined) return;
  for (const line of summary) server.log.info(`conversion: ${line}`);
  if (rest.length === 0) {
    void vscode.window.showInformationMessage(first);
    return;
  }
  void vscode.window.showInformationMessage(`${first} (and ${rest.length} more)`, 'Show all').then((button) => {
    if (button) server.log.show();
  });
}
