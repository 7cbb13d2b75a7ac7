import { ofBytes, type FuzzTarget } from '../target';
import { answerMarkdown } from './answer-markdown';
import { editReader } from './edit-reader';
import { ignoreRules } from './ignore-rules';
import * as ledgerReader from './ledger-reader';
import { ndjsonReader } from './ndjson-reader';
import { pathGuard } from './path-guard';
import { restoredStream } from './restored-stream';
import { secretSearch } from './secret-search';
import { sseReader } from './sse-reader';

/** Everything that `npm run fuzz` tries; a new target is a file beside this one and a line here. */
export const TARGETS: readonly FuzzTarget[] = [
  editReader,
  pathGuard,
  ignoreRules,
  secretSearch,
  restoredStream,
  answerMarkdown,
  ofBytes(ledgerReader),
  ndjsonReader,
  sseReader,
];
