/** What the preview's page and the extension say to each other. */

import type { RenderedEntry } from '../protocol';

export type ToPage =
  | {
      type: 'window';
      title: string;
      style: string;
      total: number;
      start: number;
      entries: RenderedEntry[];
      at: number | null;
      sorted: boolean;
      /** Scroll to the entry at the cursor. */
      follow: boolean;
    }
  | { type: 'message'; title: string; style: string; text: string };

export type ToExtension =
  | { type: 'ready' }
  | { type: 'want'; start: number }
  | { type: 'reveal'; line: number; character: number }
  | { type: 'pickStyle' }
  | { type: 'insert' };

/** What the page said; undefined for what it never says. */
export function readMessage(message: unknown): ToExtension | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const said = message as Record<string, unknown>;
  switch (said.type) {
    case 'ready':
    case 'pickStyle':
    case 'insert':
      return { type: said.type };
    case 'want':
      return isCount(said.start) ? { type: 'want', start: said.start } : undefined;
    case 'reveal': {
      const { line, character } = said;
      return isCount(line) && isCount(character) ? { type: 'reveal', line, character } : undefined;
    }
    default:
      return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
