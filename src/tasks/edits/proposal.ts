/** One change an answer proposes, as the model wrote it: nothing about it has been checked. */
export type ProposedEdit =
  | {
      readonly kind: 'replace';
      readonly path: string;
      /** Lines copied from the file, without the last line's end. */
      readonly search: string;
      readonly replace: string;
    }
  /** The whole text of a file that does not exist yet. */
  | { readonly kind: 'create'; readonly path: string; readonly text: string };

/** Where an answer's edits cannot be read. `line` counts from 1 in the answer. */
export interface MalformedEdit {
  readonly line: number;
  readonly why:
    | 'no-path' // an edit, and nothing says of which file
    | 'no-divider' // a SEARCH that is closed without its =======
    | 'not-closed' // the answer ends, or the next edit begins, in the middle of one
    | 'too-many';
}

/** All that an answer proposes. Malformed edits spoil the whole: half of a change is no change. */
export interface Proposal {
  readonly edits: readonly ProposedEdit[];
  readonly malformed: readonly MalformedEdit[];
}

/** The files a proposal names, each once, in order. */
export const pathsOf = ({ edits }: Proposal): string[] => [...new Set(edits.map(({ path }) => path))];

/** The same proposal with every text passed through `change`: to put placeholders back, file by file. */
export function mapTexts(proposal: Proposal, change: (text: string, path: string) => string): Proposal {
  return {
    malformed: proposal.malformed,
    edits: proposal.edits.map((edit) =>
      edit.kind === 'create'
        ? { ...edit, text: change(edit.text, edit.path) }
        : { ...edit, search: change(edit.search, edit.path), replace: change(edit.replace, edit.path) },
    ),
  };
}
