/** The bibliography of the active .bib or .ris beside it, as a citation style prints it; it follows cursor and edits. */

import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  RENDER_BIBLIOGRAPHY,
  type RenderBibliographyParams,
  type RenderedBibliography,
  SERVER_COMMANDS,
  type Style,
} from '../protocol';
import { LANGUAGES, type Server } from '../server';
import { readMessage, type ToExtension, type ToPage } from '../webview/messages';
import { pickStyle } from './styles';

/** So many entries are in the page at once. */
const SHOWN = 40;
const AFTER_EDIT_MS = 250;
const AFTER_MOVE_MS = 80;
/** The server has no answer for a text that was edited while it worked. */
const AGAIN_MS = 400;

export function activate(context: vscode.ExtensionContext, server: Server): void {
  let preview: Preview | undefined;
  context.subscriptions.push(
    vscode.commands.registerCommand('bibwright.previewBibliography', async (uri?: vscode.Uri) => {
      const document = await documentToShow(uri);
      if (!document) return;
      if (!preview) {
        preview = new Preview(context, server);
        preview.onDidDispose(() => {
          preview = undefined;
        });
      }
      await preview.show(document);
    }),
  );
}

async function documentToShow(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : active;
  return document && isBibliography(document) ? document : undefined;
}

function isBibliography(document: vscode.TextDocument): boolean {
  return (LANGUAGES as readonly string[]).includes(document.languageId);
}

class Preview {
  private readonly panel: vscode.WebviewPanel;
  private readonly subscriptions: vscode.Disposable[] = [];
  private document: vscode.TextDocument | undefined;
  private style: Style | undefined;
  private start: number | undefined;
  private position: vscode.Position | undefined;
  private isReady = false;
  private asked = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    context: vscode.ExtensionContext,
    private readonly server: Server,
  ) {
    const folder = vscode.Uri.joinPath(context.extensionUri, 'dist');
    this.panel = vscode.window.createWebviewPanel(
      'bibwright.bibliography',
      'Bibliography',
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, localResourceRoots: [folder], enableCommandUris: false },
    );
    const { webview } = this.panel;
    webview.onDidReceiveMessage(
      (message: unknown) => {
        const said = readMessage(message);
        return said && this.take(said);
      },
      undefined,
      this.subscriptions,
    );
    webview.html = page(webview, vscode.Uri.joinPath(folder, 'preview.js'));
    this.panel.onDidDispose(() => this.dispose(), undefined, this.subscriptions);
    this.panel.onDidChangeViewState(() => this.ask(0), undefined, this.subscriptions);
    this.subscriptions.push(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.document) this.ask(AFTER_EDIT_MS);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && isBibliography(editor.document)) void this.show(editor.document);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor.document === this.document) this.follow(selections[0]?.active);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document === this.document) this.say('The file was closed.');
      }),
    );
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  async show(document: vscode.TextDocument): Promise<void> {
    if (document === this.document) {
      this.panel.reveal(undefined, true);
      return;
    }
    this.document = document;
    this.panel.title = `Bibliography: ${name(document)}`;
    this.start = undefined;
    this.position = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selection.active;
    if (!this.style) {
      const params = { uri: document.uri.toString(), query: '' };
      this.style = (await this.server.execute<Style[]>(SERVER_COMMANDS.listStyles, params))?.[0];
    }
    this.ask(0);
  }

  private follow(position: vscode.Position | undefined): void {
    if (!position || position.line === this.position?.line) return;
    this.position = position;
    this.start = undefined;
    this.ask(AFTER_MOVE_MS);
  }

  private async take(message: ToExtension): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.isReady = true;
        this.ask(0);
        break;
      case 'want':
        this.start = message.start;
        this.ask(0);
        break;
      case 'reveal':
        await this.reveal(new vscode.Position(message.line, message.character));
        break;
      case 'pickStyle': {
        const uri = this.document?.uri.toString();
        const style = uri && (await pickStyle(this.server, uri, 'Show the bibliography in which style?'));
        if (style) {
          this.style = style;
          this.ask(0);
        }
        break;
      }
      case 'insert':
        await this.reveal(undefined);
        await vscode.commands.executeCommand('bibwright.insertBibliographyAs');
        break;
    }
  }

  /** Brings the file to the front, with the cursor at a position. */
  private async reveal(position: vscode.Position | undefined): Promise<void> {
    if (!this.document) return;
    const shown = vscode.window.visibleTextEditors.find(({ document }) => document === this.document);
    const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(this.document, { viewColumn });
    if (!position) return;
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Asks for the window that is to be seen, after a pause in which something newer may come up. */
  private ask(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.render(), pause);
  }

  private async render(): Promise<void> {
    const { document, style } = this;
    if (!document || !this.isReady || !this.panel.visible) return;
    if (!style) {
      this.say('The bibwright language server is not running.');
      return;
    }
    const number = ++this.asked;
    const isFollowing = this.start === undefined;
    const params: RenderBibliographyParams = { uri: document.uri.toString(), style: style.id, as: 'html', count: SHOWN };
    if (this.start !== undefined) params.start = this.start;
    if (this.position) params.position = { line: this.position.line, character: this.position.character };
    const found = await this.server.request<RenderedBibliography>(RENDER_BIBLIOGRAPHY, params);
    if (number !== this.asked) return;
    if (found === undefined) this.say('The bibwright language server is not running.');
    else if (found === null) this.ask(AGAIN_MS);
    else if (found.error !== undefined) this.say(found.error);
    else {
      const { total, start, entries, at, sorted } = found;
      const heading = { title: name(document), style: style.title };
      this.post({ type: 'window', ...heading, total, start, entries, at, sorted, follow: isFollowing });
      // What is edited next is seen where it stands now.
      this.start = start;
    }
  }

  private say(text: string): void {
    const title = this.document ? name(this.document) : '';
    this.post({ type: 'message', title, style: this.style?.title ?? 'Style', text });
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  private dispose(): void {
    this.asked++;
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function name(document: vscode.TextDocument): string {
  return path.posix.basename(document.uri.path);
}

/** A page that loads nothing from anywhere and runs one script, ours. */
function page(webview: vscode.Webview, script: vscode.Uri): string {
  const nonce = randomBytes(16).toString('hex');
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Bibliography</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header><span id="title"></span><button id="style" title="Choose another citation style"></button><button id="insert" title="Copy or insert the bibliography">Copy or insert...</button><span id="order"></span></header>
<main><p id="message" hidden></p><div id="above"></div><div id="list"></div><div id="below"></div></main>
<script nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script>
</body>
</html>`;
}

// The font styles of citations are attributes in HTML that is to be pasted elsewhere; here, where the policy forbids
// those, they are looked for.
const STYLE = `
body { padding: 0; line-height: 1.45; overflow-anchor: none; }
header {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center;
  padding: 6px 16px; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border);
}
#title { font-weight: 600; }
#order { color: var(--vscode-descriptionForeground); }
button { font: inherit; cursor: pointer; border: 0; }
header button {
  padding: 2px 8px; border-radius: 2px; text-align: left;
  color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground);
}
header button:hover { background: var(--vscode-button-secondaryHoverBackground); }
main { max-width: 46em; }
#message { padding: 0 16px; }
.entry { padding: 6px 16px 8px; border-left: 3px solid transparent; overflow-wrap: anywhere; }
.current { border-left-color: var(--vscode-focusBorder); background: var(--vscode-list-inactiveSelectionBackground); }
.label { display: flex; flex-wrap: wrap; gap: 2px 10px; font-size: 90%; color: var(--vscode-descriptionForeground); }
.key { padding: 0; color: var(--vscode-textLink-foreground); background: none; font-family: var(--vscode-editor-font-family); }
.key:hover { text-decoration: underline; }
.text { padding-left: 2em; text-indent: -2em; }
.aligned { padding-left: 0; text-indent: 0; }
.csl-left-margin { float: left; min-width: 3em; }
.csl-right-inline { margin-left: 3em; }
.csl-indent { margin-left: 2em; text-indent: 0; }
[style*="small-caps"] { font-variant: small-caps; }
[style*="underline"] { text-decoration: underline; }
`;
