/** Put into each request's own words, so that a server can tell which request it is asked for. */
export const markerOf = (id: string): string => `<<${id}>>`;

const MARKER = /<<(w\d+-\d+)>>/g;

/** The id in a prompt: the last one, since earlier turns may carry theirs. */
export const idIn = (text: string): string | undefined => [...text.matchAll(MARKER)].at(-1)?.[1];

/** Stands in the files that must not leave this machine. */
export const CANARY = 'canary-that-stays-here';
