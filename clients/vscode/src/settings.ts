/** The settings that the client reads itself; the server asks for its own. */

import * as vscode from 'vscode';

export const SECTION = 'bibwright';

/** argv of the Python that shall run the bundled server; empty when one is to be looked for. */
export function interpreter(): string[] {
  return words('interpreter');
}

/** argv of a server to run instead of the bundled one; empty for the bundled one. */
export function path(): string[] {
  return words('path');
}

/** Whether a change of settings calls for another server process. */
export function changesServer(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(`${SECTION}.interpreter`) || event.affectsConfiguration(`${SECTION}.path`);
}

function words(name: string): string[] {
  const value: unknown = vscode.workspace.getConfiguration(SECTION).get(name);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
