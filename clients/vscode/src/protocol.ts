/** What the client and the language server say to each other beyond the protocol itself. */

import type { Position, Range } from 'vscode-languageclient/node';

/** The client-side commands that the server may put into its code actions. */
export const CLIENT_COMMANDS = {
  copyCitation: 'bibwright.copyCitation',
  openConverted: 'bibwright.openConverted',
} as const;

/** The commands that the server carries out. */
export const SERVER_COMMANDS = {
  renderCitation: 'bibwright.renderCitation',
  insertCitation: 'bibwright.insertCitation',
  convertEntry: 'bibwright.convertEntry',
  convertFile: 'bibwright.convertFile',
  convertInPlace: 'bibwright.convertInPlace',
  listTargets: 'bibwright.listTargets',
  listStyles: 'bibwright.listStyles',
  writeBibliography: 'bibwright.writeBibliography',
} as const;

/** A request of our own: a window of a bibliography. */
export const RENDER_BIBLIOGRAPHY = 'bibwright/renderBibliography';

/** The languages that citations are written in. */
export type Language = 'plain' | 'markdown' | 'html' | 'rtf' | 'latex';

export interface InitializationOptions {
  clientCommands: string[];
}

/** Lines and characters from 0, characters in UTF-16 units, as everywhere in the protocol. */
export interface CitationParams {
  uri: string;
  position: Position;
  style: string;
  /** `plain` where there is none. */
  as?: Language;
  /** How the entry is cited in the text or a note, instead of its entry in the bibliography. */
  inText?: boolean;
}

export interface Citation {
  text: string;
  /** The citation key of the entry, or what stands for it in RIS. */
  key: string;
}

export interface WriteBibliographyParams {
  uri: string;
  /** Only the entries that it touches. */
  range?: Range;
  style: string;
  as: Language;
  inText?: boolean;
}

export interface WrittenBibliography {
  text: string;
  languageId: string;
  count: number;
}

export interface RenderBibliographyParams {
  uri: string;
  style: string;
  as: Language;
  /** The first entry, from 0; without it the window is around the entry at `position`. */
  start?: number;
  count: number;
  position?: Position;
}

export interface RenderedEntry {
  key: string;
  range: Range;
  /** In the language asked for. */
  text: string;
  inText: string;
}

/** A window of a bibliography. A style that cannot be used gives `error` alone. */
export interface RenderedBibliography {
  total: number;
  start: number;
  entries: RenderedEntry[];
  /** The number of the entry at the position that was asked for. */
  at: number | null;
  /** The order is the style's; that of a large file is its own. */
  sorted: boolean;
  version: number;
  error?: string;
}

export interface ListStylesParams {
  uri: string;
  /** Words to be found in titles, fields and kinds; at most 200 styles come back, without words too. */
  query: string;
}

/** `listStyles` gives those first that the settings of the document choose. */
export interface Style {
  id: string;
  title: string;
  chosen: boolean;
}

/** A format that a document can be converted to; `inPlace` when the document itself can be. */
export interface Target {
  id: string;
  title: string;
  languageId: string;
  inPlace: boolean;
}

/** Of the entries that the range touches; without one of the whole file. */
export interface ConvertParams {
  uri: string;
  range?: Range;
  to: string;
}

/** `version` is that of the document which the range is of; with `preview` all edits are shown before they are made. */
export interface ConvertInPlaceParams extends ConvertParams {
  version: number;
  preview: boolean;
}

interface Outcome {
  /** What was changed or lost on the way, one sentence each; empty when nothing was. */
  summary: string[];
  /** What would be lost, in one sentence; empty when nothing is. */
  question: string;
  /** What becomes of every field, in Markdown. */
  report: string;
}

export interface Converted extends Outcome {
  text: string;
  languageId: string;
  /** A file name without a folder. */
  suggestedName: string;
}

export interface ConvertedInPlace extends Outcome {
  applied: boolean;
}

/** null where there is no entry; false where the server has told the user why there is no answer. */
export type Answer<Result> = Result | null | false;
