const bare = (text: string): string => text.replace(/\s+/g, '');

/**
 * Whether an accepted text no longer stands in a document. White space does not count: line ends are the document's own,
 * and formatters set the rest anew with every save.
 */
export const editedSince = (document: string, accepted: string): boolean =>
  !bare(document).includes(bare(accepted));
