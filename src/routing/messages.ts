import type { FailureKind } from '../models/failure';
import type { RefusalRule } from './decision';
import type { OutcomeResult } from './outcome';

/** What the user can do about it; surfaces know the command behind each. */
export type NextStep =
  | 'start-local-engine'
  | 'choose-model'
  | 'pull-model'
  | 'enter-key'
  | 'open-billing'
  | 'wait'
  | 'retry'
  | 'shorten'
  | 'ask-cloud'
  | 'switch-online'
  | 'trust-workspace'
  | 'open-settings'
  | 'open-budget'
  | 'preview-prompt'
  | 'diagnose';

/** One or two short sentences for the user, and the next step with the words on its button. */
export interface UserMessage {
  readonly message: string;
  readonly next?: { readonly step: NextStep; readonly title: string };
}

export interface MessageContext {
  /** Which track failed; both have their own remedies. */
  readonly track: 'local' | 'cloud';
  /** The model's id, where one was called. */
  readonly model?: string;
  /** What the provider asked us to wait, in ms. */
  readonly retryAfterMs?: number;
}

const next = (step: NextStep, title: string): UserMessage['next'] & object => ({ step, title });

const RETRY = next('retry', 'Try Again');
const DIAGNOSE = next('diagnose', 'Diagnose');
const PULL = next('pull-model', 'Pull Model');

type Words = (context: MessageContext) => UserMessage;

const byTrack =
  (local: UserMessage, cloud: UserMessage): Words =>
  ({ track }) =>
    track === 'local' ? local : cloud;

const always =
  (message: UserMessage): Words =>
  () =>
    message;

const nameOf = ({ model, track }: MessageContext): string =>
  model ?? (track === 'local' ? 'The local model' : 'The cloud model');

const FAILURES: Readonly<Record<FailureKind, Words>> = {
  unreachable: byTrack(
    {
      message: 'Ollama cannot be reached. Is it running?',
      next: next('start-local-engine', 'Start Ollama'),
    },
    { message: 'Claude cannot be reached. Check your network connection.', next: RETRY },
  ),
  timeout: byTrack(
    {
      message:
        'The local model did not answer in time. It may still be loading, or be too large for this machine.',
      next: next('choose-model', 'Choose a Model'),
    },
    { message: 'Claude did not answer in time.', next: RETRY },
  ),
  busy: byTrack(
    { message: 'Ollama is busy with other requests.', next: RETRY },
    { message: 'The cloud model is busy.', next: RETRY },
  ),
  'model-missing': (context) =>
    context.track === 'local'
      ? { message: `${nameOf(context)} is not installed.`, next: PULL }
      : {
          message: `${nameOf(context)} does not exist for this key.`,
          next: next('choose-model', 'Choose a Model'),
        },
  'no-infill': (context) => ({
    message: `${nameOf(context)} cannot fill in code at the caret.`,
    next: next('choose-model', 'Choose a Completion Model'),
  }),
  'out-of-memory': (context) => ({
    message: `${nameOf(context)} does not fit into memory.`,
    next: next('choose-model', 'Choose a Smaller Model'),
  }),
  'no-key': always({ message: 'There is no Claude key yet.', next: next('enter-key', 'Enter a Claude Key') }),
  'bad-key': always({
    message: 'Claude does not accept the key.',
    next: next('enter-key', 'Enter Another Key'),
  }),
  'no-credit': always({
    message: 'The Claude account has no credit left.',
    next: next('open-billing', 'Open Billing'),
  }),
  'spend-limit': always({
    message: "The Claude account's own spend limit is reached.",
    next: next('open-billing', 'Open Billing'),
  }),
  forbidden: byTrack(
    { message: 'Ollama refuses requests from here.', next: DIAGNOSE },
    { message: 'This key may not use this model.', next: next('choose-model', 'Choose a Model') },
  ),
  'rate-limited': (context) => ({
    message: `Too many requests for now.${waitWords(context.retryAfterMs)}`,
    next: next('wait', waitTitle(context.retryAfterMs)),
  }),
  overloaded: (context) => ({
    message: `Claude is overloaded at the moment.${waitWords(context.retryAfterMs)}`,
    next: next('wait', waitTitle(context.retryAfterMs)),
  }),
  'context-too-long': always({
    message: 'That is more text than the model can take in.',
    next: next('shorten', 'Select Less'),
  }),
  refused: byTrack(
    { message: 'The local model declined to answer.', next: next('ask-cloud', 'Ask Claude Instead') },
    { message: 'Claude declined to answer. Try saying it differently.' },
  ),
  'invalid-request': always({ message: 'The request could not be made.', next: DIAGNOSE }),
  protocol: byTrack(
    { message: 'The answer broke off or came back garbled.', next: RETRY },
    {
      message: 'The answer from Claude broke off. It may have been billed; nothing was sent again.',
      next: RETRY,
    },
  ),
  server: byTrack(
    { message: 'Ollama reports an error.', next: DIAGNOSE },
    { message: 'Claude reports an error.', next: RETRY },
  ),
  cancelled: always({ message: 'Stopped.' }),
};

const REFUSALS: Readonly<Record<RefusalRule, UserMessage>> = {
  offline: {
    message: 'The offline switch is on, and this needs the cloud.',
    next: next('switch-online', 'Go Online'),
  },
  'organisation-policy': { message: 'Your organisation does not allow cloud models here.' },
  'restricted-mode': {
    message: 'This workspace is not trusted, so nothing of it goes to the cloud.',
    next: next('trust-workspace', 'Manage Workspace Trust'),
  },
  privacy: {
    message: 'Privacy rules keep this file on your machine. Nothing was sent.',
    next: next('preview-prompt', 'See What Was Blocked'),
  },
  'declined-at-preview': { message: 'Not sent, as you decided at the preview.' },
  'budget-cap': {
    message: 'Your budget cap is reached. Nothing was sent.',
    next: next('open-budget', 'Change the Cap'),
  },
  'no-track': {
    message: 'No model can answer this now: neither a local one nor the cloud is set up and up.',
    next: next('diagnose', 'See What Is Missing'),
  },
};

/** What to tell the user of a failed call. Holds nothing of what the server said, so no prompt text either. */
export const failureMessage = (failure: FailureKind, context: MessageContext): UserMessage =>
  FAILURES[failure](context);

export const refusalMessage = (rule: RefusalRule): UserMessage => REFUSALS[rule];

/** What to tell the user of an outcome; undefined where there is an answer, which speaks for itself. */
export function outcomeMessage(result: OutcomeResult, context: MessageContext): UserMessage | undefined {
  switch (result.kind) {
    case 'answered':
      return undefined;
    case 'cancelled':
      return FAILURES.cancelled(context);
    case 'refused':
      return refusalMessage(result.rule);
    case 'failed':
      return failureMessage(result.failure, context);
  }
}

const waitWords = (ms: number | undefined): string =>
  ms === undefined ? '' : ` Claude asks to wait ${inWords(ms)}.`;

const waitTitle = (ms: number | undefined): string =>
  ms === undefined ? 'Wait and Try Again' : `Wait (retry in ${inWords(ms)})`;

/** Rounded up, so that nobody comes back too early: `40 s`, `3 min`, `2 h`. */
function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
