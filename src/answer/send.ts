import type { FromAnswerPage } from './protocol';

/** Tells the editor what the user did. */
export type Send = (message: FromAnswerPage) => void;
