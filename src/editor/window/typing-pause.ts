/** Whoever types pauses about this long before they read what is told about it, in ms. */
export const TYPING_PAUSE_MS = 200;
