import type { FailureKind } from '../models/failure';
import type { RefusalRule } from './decision';
import type { OutcomeResult } from './outcome';

/** What the user can do about it; surfaces know the command behind each. */
export type NextStep =
  | 'start-local-engine'
  | 'choose-model'
  | 'pull-model'
  | 'download-model'
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
  | 'see-missing'
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
  /** The model's provider, as in `ModelRef`; where none was called, the words name none. */
  readonly provider?: string;
  /** What the provider asked us to wait, in ms. */
  readonly retryAfterMs?: number;
}

const next = (step: NextStep, title: string): UserMessage['next'] & object => ({ step, title });

const RETRY = next('retry', 'Try Again');
const DIAGNOSE = next('diagnose', 'Diagnose');
const PULL = next('pull-model', 'Pull Model');

type Words = (context: MessageContext) => UserMessage;

const always =
  (message: UserMessage): Words =>
  () =>
    message;

const nameOf = ({ model, track }: MessageContext): string =>
  model ?? (track === 'local' ? 'The local model' : 'The cloud model');

const PROVIDERS: Readonly<Record<string, string>> = {
  ollama: 'Ollama',
  claude: 'Claude',
  inside: 'The engine inside',
};

/** Who was asked, to begin a sentence with. */
const serverOf = ({ provider, track }: MessageContext): string =>
  provider === undefined
    ? track === 'local'
      ? 'The local engine'
      : 'The cloud'
    : (PROVIDERS[provider] ?? 'The server');

/** What remedies of one provider alone, keys and downloads, are offered for. */
const isClaude = ({ provider }: MessageContext): boolean => provider === undefined || provider === 'claude';
const isOllama = ({ provider }: MessageContext): boolean => provider === undefined || provider === 'ollama';

function unreachable(context: MessageContext): UserMessage {
  const message = `${serverOf(context)} cannot be reached.`;
  if (context.track === 'cloud') return { message: `${message} Check your network connection.`, next: RETRY };
  if (context.provider === 'inside') return { message, next: DIAGNOSE };
  return {
    message: `${message} Is it running?`,
    next: isOllama(context) ? next('start-local-engine', 'Start Ollama') : DIAGNOSE,
  };
}

function modelMissing(context: MessageContext): UserMessage {
  const choose = next('choose-model', 'Choose a Model');
  return context.track === 'local'
    ? { message: `${nameOf(context)} is not installed.`, next: isOllama(context) ? PULL : choose }
    : { message: `${nameOf(context)} does not exist for this key.`, next: choose };
}

const badKey = (context: MessageContext): UserMessage => ({
  message: `${serverOf(context)} does not accept the key.`,
  next: isClaude(context) ? next('enter-key', 'Enter Another Key') : next('open-settings', 'Open Settings'),
});

/** Whose account it is can be told only where there is one we know. */
const billing =
  (ofClaude: string, ofOthers: string): Words =>
  (context) =>
    isClaude(context)
      ? { message: ofClaude, next: next('open-billing', 'Open Billing') }
      : { message: ofOthers, next: DIAGNOSE };

const FAILURES: Readonly<Record<FailureKind, Words>> = {
  unreachable,
  timeout: (context) =>
    context.track === 'local'
      ? {
          message:
            'The local model did not answer in time. It may still be loading, or be too large for this machine.',
          next: next('choose-model', 'Choose a Model'),
        }
      : { message: `${serverOf(context)} did not answer in time.`, next: RETRY },
  busy: (context) => ({ message: `${serverOf(context)} is busy with other requests.`, next: RETRY }),
  'model-missing': modelMissing,
  'no-infill': (context) => ({
    message: `${nameOf(context)} cannot fill in code at the caret.`,
    next: next('choose-model', 'Choose a Completion Model'),
  }),
  'out-of-memory': (context) => ({
    message: `${nameOf(context)} does not fit into memory.`,
    next: next('choose-model', 'Choose a Smaller Model'),
  }),
  'no-key': always({ message: 'There is no Claude key yet.', next: next('enter-key', 'Enter a Claude Key') }),
  'bad-key': badKey,
  'no-credit': billing(
    'The Claude account has no credit left.',
    'The account at the server has no credit left.',
  ),
  'spend-limit': billing(
    "The Claude account's own spend limit is reached.",
    'The spend limit set at the server is reached.',
  ),
  forbidden: (context) =>
    context.track === 'local'
      ? { message: `${serverOf(context)} refuses requests from here.`, next: DIAGNOSE }
      : { message: 'This key may not use this model.', next: next('choose-model', 'Choose a Model') },
  'rate-limited': (context) => ({
    message: `Too many requests for now.${waitWords(context)}`,
    next: next('wait', waitTitle(context.retryAfterMs)),
  }),
  overloaded: (context) => ({
    message: `${serverOf(context)} is overloaded at the moment.${waitWords(context)}`,
    next: next('wait', waitTitle(context.retryAfterMs)),
  }),
  'context-too-long': always({
    message: 'That is more text than the model can take in.',
    next: next('shorten', 'Select Less'),
  }),
  refused: (context) =>
    context.track === 'local'
      ? { message: 'The local model declined to answer.', next: next('ask-cloud', 'Ask Claude Instead') }
      : { message: `${serverOf(context)} declined to answer. Try saying it differently.` },
  'invalid-request': always({ message: 'The request could not be made.', next: DIAGNOSE }),
  protocol: (context) => ({
    message:
      context.track === 'local'
        ? 'The answer broke off or came back garbled.'
        : `The answer from ${inSentence(serverOf(context))} broke off. It may have been billed; nothing was sent again.`,
    next: RETRY,
  }),
  server: (context) => ({
    message: `${serverOf(context)} reports an error.`,
    next: context.track === 'local' ? DIAGNOSE : RETRY,
  }),
  cancelled: always({ message: 'Stopped.' }),
};

/** Beside an answer of weights that only stand in for a real model. */
export const STAND_IN_MESSAGE: UserMessage = {
  message: 'A stand-in wrote this: it shows how things look, and its answers are poor.',
  next: next('download-model', 'Download a Real Model'),
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
    next: next('see-missing', 'See What Is Missing'),
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

function waitWords(context: MessageContext): string {
  const { retryAfterMs } = context;
  return retryAfterMs === undefined ? '' : ` ${serverOf(context)} asks to wait ${inWords(retryAfterMs)}.`;
}

const inSentence = (name: string): string => name.replace(/^The /, 'the ');

const waitTitle = (ms: number | undefined): string =>
  ms === undefined ? 'Wait and Try Again' : `Wait (retry in ${inWords(ms)})`;

/** Rounded up, so that nobody comes back too early: `40 s`, `3 min`, `2 h`. */
function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
