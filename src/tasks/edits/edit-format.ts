import { ours } from '../../privacy/draft';

/**
 * How an answer must write down edits. Lines to search and lines to put in their place, because models copy text
 * reliably and count lines badly; the marks of a merge conflict, because every model has read many; a fence with the
 * path on it, because it shows well as Markdown and ends an edit without doubt. A whole file only where none is yet:
 * rewriting a long file costs its length in output tokens and loses what the model forgets.
 */
export const EDIT_FORMAT = ours`If, and only if, files should change, add the changes in blocks of exactly this form:

\`\`\`edit path/of/the/file.ts
<<<<<<< SEARCH
lines copied from the file, character for character, enough of them to occur only once
=======
the lines that take their place
>>>>>>> REPLACE
\`\`\`

One block may hold several SEARCH/REPLACE pairs for its file; each is matched against the file as given above. To add a file, leave SEARCH empty. Use the paths given above. Everything else belongs outside the blocks.
`;
