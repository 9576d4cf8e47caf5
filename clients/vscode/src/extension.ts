/** Joins the parts of the extension; each lives in a file of its own. */

import type * as vscode from 'vscode';
import * as bibliography from './features/bibliography';
import * as citations from './features/citations';
import * as conversion from './features/conversion';
import * as fixes from './features/fixes';
import * as lifecycle from './features/lifecycle';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  server = new Server(context);
  context.subscriptions.push(server);
  for (const feature of [lifecycle, citations, bibliography, conversion, fixes]) feature.activate(context, server);
  await server.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
