/** A list to pick a citation style from, searched by the server: there are more than ten thousand. */

import * as vscode from 'vscode';
import { type ListStylesParams, SERVER_COMMANDS, type Style } from '../protocol';
import type { Server } from '../server';

/** So long the user must have stopped typing. */
const PAUSE_MS = 120;

type Item = vscode.QuickPickItem & { style?: Style };

/** The style that the user picks; undefined when none. Those that the settings of the document choose come first. */
export async function pickStyle(server: Server, uri: string, placeholder: string): Promise<Style | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = `${placeholder} Type words of its title, its field or its kind`;
  pick.matchOnDescription = true;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;
  /** Enter was pressed before the list belonged to what is typed. */
  let isAccepted = false;

  try {
    return await new Promise<Style | undefined>((resolve) => {
      const search = async (query: string) => {
        const number = ++asked;
        const params: ListStylesParams = { uri, query };
        const found = await server.execute<Style[]>(SERVER_COMMANDS.listStyles, params);
        if (number !== asked) return;
        pick.busy = false;
        if (!found) pick.hide();
        else if (isAccepted && found[0]) resolve(found[0]);
        else pick.items = query.trim() ? found.map(foundItem) : inOrder(found);
      };
      pick.onDidChangeValue((query) => {
        asked++;
        isAccepted = false;
        pick.busy = true;
        clearTimeout(timer);
        timer = setTimeout(() => void search(query), PAUSE_MS);
      });
      pick.onDidAccept(() => {
        const style = pick.selectedItems[0]?.style;
        if (pick.busy) isAccepted = true;
        else if (style) resolve(style);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.busy = true;
      pick.show();
      void search('');
    });
  } finally {
    clearTimeout(timer);
    asked++;
    pick.dispose();
  }
}

/** With the id first: VS Code sorts by labels that hold what is typed, so that titles would spoil the server's order. */
function item(style: Style): Item {
  return { style, label: style.id, description: style.title === style.id ? '' : style.title };
}

/** The server has found it, by words that may stand in neither label nor description. */
function foundItem(style: Style): Item {
  return { ...item(style), alwaysShow: true };
}

/** The styles that the settings choose; then a line, and others. */
function inOrder(found: Style[]): Item[] {
  const first = found.filter(({ chosen }) => chosen);
  const rest = found.filter(({ chosen }) => !chosen);
  const line: Item = { label: 'other styles', kind: vscode.QuickPickItemKind.Separator };
  return [...first.map(item), ...(first.length && rest.length ? [line] : []), ...rest.map(item)];
}
