/** Citations of the entry at the cursor: copied to the clipboard, or inserted after the entry. */

import * as vscode from 'vscode';
import { type Citation, type CitationParams, CLIENT_COMMANDS, SERVER_COMMANDS, type Style } from '../protocol';
import type { Server } from '../server';

const SHOWN_FOR_MS = 5000;

export function activate(context: vscode.ExtensionContext, server: Server): void {
  context.subscriptions.push(
    vscode.commands.registerCommand(CLIENT_COMMANDS.copyCitation, (params: CitationParams) =>
      copyCitation(server, params),
    ),
    vscode.commands.registerCommand('bibwright.copyCitationAs', async () => {
      const params = await askForStyle(server, 'Copy the citation in which style?');
      if (params) await copyCitation(server, params);
    }),
    vscode.commands.registerCommand('bibwright.insertCitationAs', async () => {
      const params = await askForStyle(server, 'Insert the citation in which style?');
      if (params) await server.execute(SERVER_COMMANDS.insertCitation, params);
    }),
  );
}

async function copyCitation(server: Server, params: CitationParams): Promise<void> {
  const citation = await server.execute<Citation>(SERVER_COMMANDS.renderCitation, params);
  if (citation === undefined) return;
  if (citation === null) {
    void vscode.window.showInformationMessage('There is no entry at the cursor.');
    return;
  }
  await vscode.env.clipboard.writeText(citation.text);
  vscode.window.setStatusBarMessage(`$(clippy) Copied: ${citation.text}`, SHOWN_FOR_MS);
}

/** The place of the cursor and a style that the user picks; undefined when there is none. */
async function askForStyle(server: Server, placeHolder: string): Promise<CitationParams | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const uri = editor.document.uri.toString();
  const position = editor.selection.active;
  const known = await server.execute<Style[]>(SERVER_COMMANDS.listStyles, { uri });
  if (!known) return undefined;
  const picked = await vscode.window.showQuickPick(inOrder(known), { placeHolder, matchOnDescription: true });
  return picked && { uri, position: { line: position.line, character: position.character }, style: picked.id };
}

/** The styles that the settings choose; then a line, and all others. */
function inOrder(known: Style[]): (vscode.QuickPickItem & { id: string })[] {
  const item = ({ id, title }: Style) => ({ id, label: title, description: title === id ? '' : id });
  const first = known.filter(({ chosen }) => chosen);
  const rest = known.filter(({ chosen }) => !chosen);
  const line = { id: '', label: 'other styles', kind: vscode.QuickPickItemKind.Separator };
  return [...first.map(item), ...(first.length && rest.length ? [line] : []), ...rest.map(item)];
}
