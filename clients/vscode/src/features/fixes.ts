/** All safe fixes of the file at once. */

import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('bibwright.fixAllSafe', () =>
      vscode.commands.executeCommand('editor.action.sourceAction', {
        kind: 'source.fixAll.bibwright',
        apply: 'first',
      }),
    ),
  );
}
