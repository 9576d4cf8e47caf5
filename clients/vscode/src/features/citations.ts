/** Citations and bibliographies as text: copied, put into a document, or inserted as a comment. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  type Citation,
  type CitationParams,
  CLIENT_COMMANDS,
  type Language,
  SERVER_COMMANDS,
  type WriteBibliographyParams,
  type WrittenBibliography,
} from '../protocol';
import type { Server } from '../server';
import { pickStyle } from './styles';

const SHOWN_FOR_MS = 5000;

const TITLES: Record<Language, string> = {
  plain: 'Plain text',
  markdown: 'Markdown',
  html: 'HTML',
  rtf: 'RTF',
  latex: 'LaTeX',
};

interface Form {
  as: Language;
  inText: boolean;
}

export function activate(context: vscode.ExtensionContext, server: Server): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(CLIENT_COMMANDS.copyCitation, (params: CitationParams) =>
      copyCitation(server, params),
    ),
    vscode.commands.registerCommand('bibwright.copyCitationAs', async () => {
      const params = await askForStyle(server, 'Copy the citation in which style?');
      const form = params && (await askForForm());
      if (params && form) await copyCitation(server, { ...params, ...form });
    }),
    vscode.commands.registerCommand('bibwright.insertCitationAs', async () => {
      const params = await askForStyle(server, 'Insert the citation in which style?');
      if (params) await server.execute(SERVER_COMMANDS.insertCitation, params);
    }),
    vscode.commands.registerCommand('bibwright.insertBibliographyAs', () => insertBibliography(server)),
  );
}

async function copyCitation(server: Server, params: CitationParams): Promise<void> {
  const citation = await server.execute<Citation>(SERVER_COMMANDS.renderCitation, params);
  if (citation === undefined) return;
  if (citation === null) {
    void vscode.window.showInformationMessage('There is no entry at the cursor.');
    return;
  }
  await copy(citation.text);
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const [line = '', ...more] = text.trimEnd().split('\n');
  vscode.window.setStatusBarMessage(`$(clippy) Copied: ${line}${more.length ? ' ...' : ''}`, SHOWN_FOR_MS);
}

/** The place of the cursor and a style that the user picks; undefined when there is none. */
async function askForStyle(server: Server, placeholder: string): Promise<CitationParams | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const uri = editor.document.uri.toString();
  const { line, character } = editor.selection.active;
  const style = await pickStyle(server, uri, placeholder);
  return style && { uri, position: { line, character }, style: style.id };
}

/** An entry of the bibliography or the citation in the text, in a language. */
async function askForForm(): Promise<Form | undefined> {
  const languages = Object.keys(TITLES) as Language[];
  const line = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const item = (as: Language, inText: boolean) => ({ label: TITLES[as] + (inText ? ', in the text' : ''), as, inText });
  const items: (vscode.QuickPickItem & Partial<Form>)[] = [
    line('as in the bibliography'),
    ...languages.map((as) => item(as, false)),
    line('as cited in the text'),
    ...languages.map((as) => item(as, true)),
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Written in which language?' });
  return picked?.as && { as: picked.as, inText: picked.inText === true };
}

// --- Whole bibliographies

type Scope = 'file' | 'selection' | 'entry';

/** Asks what, in which style, how and where to; nothing is changed that the user did not point to. */
async function insertBibliography(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selection } = editor;
  const uri = document.uri.toString();
  const scope: Scope | undefined = selection.isEmpty ? await askForScope() : 'selection';
  const style = scope && (await pickStyle(server, uri, 'Write the bibliography in which style?'));
  const form = style && (await askForForm());
  const place = scope && form && (await askForPlace(document, scope));
  if (!style || !form || !place) return;
  const position = { line: selection.active.line, character: selection.active.character };
  if (place === 'comment') {
    await server.execute(SERVER_COMMANDS.insertCitation, { uri, position, style: style.id });
    return;
  }
  const params: WriteBibliographyParams = { uri, style: style.id, ...form };
  if (scope !== 'file') {
    const { start, end } = selection;
    params.range = {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    };
  }
  const written = await server.execute<WrittenBibliography>(SERVER_COMMANDS.writeBibliography, params);
  if (!written) return;
  if (written.count === 0) {
    void vscode.window.showInformationMessage('There is nothing to print in this style.');
    return;
  }
  await put(written, place);
}

async function askForScope(): Promise<Scope | undefined> {
  const items = [
    { label: 'All entries of this file', scope: 'file' as const },
    { label: 'The entry at the cursor', scope: 'entry' as const, description: 'select text for several' },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: 'A bibliography of what?' }))?.scope;
}

async function askForPlace(
  source: vscode.TextDocument,
  scope: Scope,
): Promise<'clipboard' | 'unsaved' | 'comment' | vscode.TextEditor | undefined> {
  // A bibliography inside a .bib or .ris would be read as entries.
  const editors = vscode.window.visibleTextEditors.filter(
    ({ document, viewColumn }) => viewColumn !== undefined && !['bibtex', 'ris'].includes(document.languageId),
  );
  const items = [
    { label: 'Clipboard', place: 'clipboard' as const },
    { label: 'New unsaved document', place: 'unsaved' as const },
    ...editors.map((editor) => ({
      label: `At the cursor in ${path.posix.basename(editor.document.uri.path)}`,
      place: editor,
    })),
    ...(scope === 'entry' && source.languageId === 'bibtex'
      ? [{ label: 'As a comment above the entry', place: 'comment' as const, description: 'plain text' }]
      : []),
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Put the bibliography where?' }))?.place;
}

async function put(
  written: WrittenBibliography,
  place: 'clipboard' | 'unsaved' | vscode.TextEditor,
): Promise<void> {
  if (place === 'clipboard') {
    await copy(written.text);
  } else if (place === 'unsaved') {
    const known = await vscode.languages.getLanguages();
    const language = known.includes(written.languageId) ? written.languageId : 'plaintext';
    const document = await vscode.workspace.openTextDocument({ language, content: written.text });
    await vscode.window.showTextDocument(document, { preview: false });
  } else {
    const done = await place.edit((edit) => edit.replace(place.selection, written.text));
    if (!done) void vscode.window.showErrorMessage('The bibliography could not be inserted: the editor refused it.');
  }
}
