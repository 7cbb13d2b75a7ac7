/**
 * Where a piece of text came from. `path` is the document's URI path: absolute, '/' between names, `/c:/…` for
 * Windows drives, `//server/share/…` for network shares.
 */
export type FileRef =
  | {
      readonly kind: 'file';
      readonly path: string;
      /** The user chose this very file by hand: lifts the rule against files outside the workspace, and no other. */
      readonly picked?: boolean;
    }
  /** A document that was never saved: nothing on disk can deny it, except a name that it is about to get. */
  | { readonly kind: 'untitled'; readonly name: string };

export const fileRef = (path: string, picked = false): FileRef => ({ kind: 'file', path, picked });
