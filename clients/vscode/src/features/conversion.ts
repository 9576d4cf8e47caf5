/** Converted entries and files: in place, in a new document or file, on the clipboard. What is lost is told before. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type Answer,
  CLIENT_COMMANDS,
  type Converted,
  type ConvertedInPlace,
  type ConvertParams,
  SERVER_COMMANDS,
  type Target,
} from '../protocol';
import type { Server } from '../server';
import { Reports } from './reports';

type What = 'entry' | 'file';
type Place = 'here' | 'preview' | 'unsaved' | 'beside' | 'clipboard';

const SHOW_REPORT = 'Show report';
const SHOWN_FOR_MS = 5000;

export function activate(context: vscode.ExtensionContext, server: Server): void {
  const reports = new Reports();
  const conversion = new Conversion(server, reports);
  context.subscriptions.push(
    reports,
    vscode.commands.registerCommand(CLIENT_COMMANDS.openConverted, (params: ConvertParams) =>
      conversion.convertTo(params, 'unsaved'),
    ),
    vscode.commands.registerCommand('bibwright.convertEntryTo', () => conversion.ask('entry')),
    vscode.commands.registerCommand('bibwright.convertFileTo', () => conversion.ask('file')),
  );
}

class Conversion {
  constructor(
    private readonly server: Server,
    private readonly reports: Reports,
  ) {}

  /** Asks for the format and for the place of the result, then converts what is selected. */
  async ask(what: What): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const { document } = editor;
    const uri = document.uri.toString();
    const targets = await this.server.execute<Target[]>(SERVER_COMMANDS.listTargets, { uri });
    if (!targets) return;
    const target = await askForTarget(what, targets);
    const place = target && (await askForPlace(document, target));
    if (!target || !place) return;
    const { start, end } = editor.selection;
    const range = {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    };
    const params = what === 'entry' ? { uri, range, to: target.id } : { uri, to: target.id };
    if (place === 'here' || place === 'preview') await this.convertHere(params, document.version, place === 'preview');
    else await this.convertTo(params, place);
  }

  /** The server has the edits shown before they are made where they lose anything. */
  private async convertHere(params: ConvertParams, version: number, preview: boolean): Promise<void> {
    const argument = { ...params, version, preview };
    const done = await this.server.execute<Answer<ConvertedInPlace>>(SERVER_COMMANDS.convertInPlace, argument);
    if (done === null) tellNothingThere(params);
    if (!done || !done.applied) return;
    this.logSummary(done.summary);
    // What was lost was agreed to, group by group.
    if (!done.question) this.tellSummary(done.summary, done.report);
  }

  /** Converts, asks when anything would be lost, and puts the result into its place. */
  async convertTo(params: ConvertParams, place: Exclude<Place, 'here' | 'preview'>): Promise<void> {
    const converted = await this.convert(params);
    if (!converted) return;
    const uri = vscode.Uri.parse(params.uri);
    switch (place) {
      case 'unsaved':
        await openUnsaved(converted);
        break;
      case 'clipboard':
        await vscode.env.clipboard.writeText(converted.text);
        vscode.window.setStatusBarMessage('$(clippy) Copied what was converted', SHOWN_FOR_MS);
        break;
      case 'beside':
        if (!(await writeBeside(uri, converted))) return;
    }
    this.logSummary(converted.summary);
    if (!converted.question) this.tellSummary(converted.summary, converted.report);
  }

  /** The conversion of the text as it is when the user agrees to what is lost; undefined when there is none. */
  private async convert(params: ConvertParams): Promise<Converted | undefined> {
    const command = params.range === undefined ? SERVER_COMMANDS.convertFile : SERVER_COMMANDS.convertEntry;
    for (;;) {
      const version = versionOf(params.uri);
      const converted = await this.server.execute<Answer<Converted>>(command, params);
      if (converted === null) tellNothingThere(params);
      if (!converted || !(await this.isWanted(converted))) return undefined;
      if (versionOf(params.uri) === version) return converted;
      if (params.range !== undefined) {
        void vscode.window.showWarningMessage('The document was changed in the meantime: convert it again.');
        return undefined;
      }
    }
  }

  private async isWanted({ question, report }: Converted): Promise<boolean> {
    if (!question) return true;
    for (;;) {
      const button = await vscode.window.showWarningMessage(`${question}.`, 'Convert', SHOW_REPORT, 'Cancel');
      if (button !== SHOW_REPORT) return button === 'Convert';
      await this.reports.show(report);
    }
  }

  private logSummary(summary: string[]): void {
    for (const line of summary) this.server.log.info(`conversion: ${line}`);
  }

  /** Says what was moved or changed: one short message, and the report on request. */
  private tellSummary([first]: string[], report: string): void {
    if (first === undefined) return;
    void vscode.window.showInformationMessage(first, SHOW_REPORT).then((button) => {
      if (button) void this.reports.show(report);
    });
  }
}

function tellNothingThere({ range }: ConvertParams): void {
  const where = range === undefined ? 'in this file' : 'at the cursor';
  void vscode.window.showInformationMessage(`There is no entry ${where}.`);
}

async function askForTarget(what: What, targets: Target[]): Promise<Target | undefined> {
  const items = targets.map((target) => ({ target, label: target.title }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: `Convert the ${what} to which format?` });
  return picked?.target;
}

async function askForPlace(document: vscode.TextDocument, { inPlace }: Target): Promise<Place | undefined> {
  const here = [
    { place: 'here' as const, label: 'In this document', description: 'one step to undo' },
    { place: 'preview' as const, label: 'In this document, after a preview', description: 'tick what may change' },
  ];
  const items = [
    ...(inPlace ? here : []),
    { place: 'unsaved' as const, label: 'New unsaved document' },
    { place: 'beside' as const, label: 'New file beside this one', description: 'never overwrites a file' },
    { place: 'clipboard' as const, label: 'Clipboard' },
    // A document that is not on disk has no folder to put another one in.
  ].filter(({ place }) => place !== 'beside' || !document.isUntitled);
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Put the result where?' }))?.place;
}

function versionOf(uri: string): number | undefined {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri)?.version;
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
  const target = await freeName(source, converted.suggestedName);
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
async function freeName(source: vscode.Uri, suggested: string): Promise<vscode.Uri> {
  const { name: stem, ext } = path.posix.parse(path.posix.basename(suggested));
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
