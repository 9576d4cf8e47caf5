/** Reports of conversions: Markdown that nobody has to save, shown beside as it is meant to be read. */

import * as vscode from 'vscode';

const SCHEME = 'bibwright-report';
const MOST_KEPT = 20;

export class Reports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async show(report: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/Conversion ${++this.count}.md` });
    this.texts.set(uri.toString(), report);
    for (const old of [...this.texts.keys()].slice(0, -MOST_KEPT)) this.texts.delete(old);
    try {
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    } catch {
      // The extension that shows Markdown can be switched off.
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}
