/** Restarting the server, by command or because a setting that it hangs on has changed. */

import * as vscode from 'vscode';
import type { Server } from '../server';
import * as settings from '../settings';

export function activate(context: vscode.ExtensionContext, server: Server): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('bibwright.restartServer', () => server.restart()),
    vscode.commands.registerCommand('bibwright.showOutput', () => server.log.show()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.changesServer(event)) void server.restart();
    }),
  );
}
