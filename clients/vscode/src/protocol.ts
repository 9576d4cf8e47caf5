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
  listStyles: 'bibwright.listStyles',
} as const;

export interface InitializationOptions {
  clientCommands: string[];
}

/** Lines and characters from 0, characters in UTF-16 units, as everywhere in the protocol. */
export interface CitationParams {
  uri: string;
  position: Position;
  style: string;
}

export interface Citation {
  /** Plain text, one line. */
  text: string;
  /** The citation key of the entry, or what stands for it in RIS. */
  key: string;
}

/** `listStyles` gives those first that the settings of the document choose. */
export interface Style {
  id: string;
  title: string;
  chosen: boolean;
}

export type Target = 'bibtex' | 'biblatex' | 'ris';

export interface ConvertEntryParams {
  uri: string;
  range: Range;
  to: Target;
}

export interface ConvertFileParams {
  uri: string;
  to: Target;
}

export interface Converted {
  text: string;
  languageId: string;
  /** A file name without a folder; absent for a single entry. */
  suggestedName?: string;
  /** What was changed or lost on the way, one sentence each; empty when nothing was. */
  summary: string[];
}

/** What `bibwright.openConverted` takes: the result itself, or what to ask the server for. */
export type OpenConvertedArgument = Converted | (ConvertFileParams & { range?: Range });
