import { mintCloudText, type CloudText } from '../../../src/privacy/cloud-text';
import { ModelError } from '../../../src/models/failure';
import type { CallOptions, InfillPrompt, ModelEvent, Prompt, TokenLogprob } from '../../../src/models/model';

/** Deadlines no test waits for; those that test deadlines set their own. */
export const OPTIONS: CallOptions = {
  maxOutputTokens: 256,
  deadline: { firstTokenMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
};

export const never = (): AbortSignal => new AbortController().signal;

export const chat = (question: string, system = 'Be brief.'): Prompt<string> => ({
  system: [{ text: system }],
  turns: [{ role: 'user', parts: [{ text: question }] }],
});

/** Code with the caret drawn as █. */
export function infill(code: string, context: InfillPrompt['context'] = []): InfillPrompt {
  const [prefix = '', suffix = ''] = code.split('█');
  return { path: 'src/main.ts', prefix, suffix, context };
}

export interface Collected {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly logprobs: readonly TokenLogprob[];
  readonly end?: Extract<ModelEvent, { type: 'end' }>;
  readonly error?: ModelError;
}

/** Reads a call to its end, whichever that is. */
export async function collect(
  call: AsyncIterable<ModelEvent> | undefined,
  onText: (text: string) => void = () => undefined,
): Promise<Collected> {
  if (call === undefined) throw new Error('there is no such call');
  const pieces: string[] = [];
  const logprobs: TokenLogprob[] = [];
  const soFar = (): Collected => ({ text: pieces.join(''), pieces, logprobs });
  try {
    for await (const event of call) {
      if (event.type === 'end') return { ...soFar(), end: event };
      pieces.push(event.text);
      logprobs.push(...(event.logprobs ?? []));
      onText(event.text);
    }
  } catch (error) {
    if (error instanceof ModelError) return { ...soFar(), error };
    throw error;
  }
  throw new Error('the call ended without its last event');
}

export const cloudChat = (question: string, stable = ''): Prompt<CloudText> => ({
  system: stable === '' ? [] : [{ text: mintCloudText(stable), stable: true }],
  turns: [{ role: 'user', parts: [{ text: mintCloudText(question) }] }],
});
