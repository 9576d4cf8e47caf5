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
