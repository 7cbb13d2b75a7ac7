import { randomUUID } from 'node:crypto';
import { localPrompt, type Draft } from '../privacy/draft';
import type { FileRef } from '../privacy/files/file-ref';
import type { Check } from '../routing/checks/check';
import type { CloudPrompt, RequestFeatures, Task, YardRequest } from '../routing/request';
import type { DecidableRequest } from '../routing/wanted-track';
import { callOptions, CONTEXT_CHARS } from '../tasks/call-options';
import { measureFeatures, subjectText } from '../tasks/features';
import { promptText } from '../tasks/prompt-text';
import { estimateTokens } from '../models/tokens';

/** What a surface knows of a request it wants answered. */
export interface Wish {
  readonly task: Exclude<Task, 'complete'>;
  readonly languageId: string;
  /** What the user asked in words. */
  readonly instruction: string;
  /** The code it is about. */
  readonly code: string;
  readonly files: number;
  /** The prompt, with at most so much code (UTF-16 units) beside what it is about. */
  readonly draft: (contextChars: number) => Draft;
  readonly override?: 'local' | 'cloud';
  readonly redoOf?: string;
  readonly checks?: readonly Check[];
}

/** Brings placeholders for redacted secrets back; only for text that goes into the user's own file. */
export type Restore = (text: string, file: FileRef) => { readonly text: string; readonly left: number };

export type FilteredPrompt = CloudPrompt & { readonly restore: Restore };

/** The privacy gate, with the preview behind it: the only way from a draft to a cloud prompt. */
export interface CloudGate {
  prepare(draft: Draft): Promise<FilteredPrompt>;
}

export interface PreparedRequest {
  readonly request: YardRequest;
  readonly restore: Restore;
}

/** Measured when first asked for, and once: a request that never thinks of a cloud needs no second prompt. */
function withCloudTokens(features: RequestFeatures, cloudCharacters: () => number): RequestFeatures {
  let known: number | undefined;
  return {
    ...features,
    get cloudPromptTokens() {
      return (known ??= estimateTokens(cloudCharacters(), 'claude'));
    },
  };
}

const cloudDraft = (wish: Wish): Draft => wish.draft(CONTEXT_CHARS[wish.task].cloud);

const charactersOf = (draft: Draft): number => promptText(localPrompt(draft)).length;

const measured = (wish: Wish, promptLength: number): RequestFeatures =>
  measureFeatures({
    languageId: wish.languageId,
    instruction: wish.instruction,
    promptLength,
    code: wish.code,
    files: wish.files,
  });

/** All that a decision looks at beside the features. */
function terms(wish: Wish, next: 'local' | 'cloud' | undefined): Omit<DecidableRequest, 'features'> {
  const override = wish.override ?? next;
  return {
    task: wish.task,
    options: callOptions(wish.task, estimateTokens(wish.code.length, 'claude')),
    ...(override !== undefined && { override }),
    ...(wish.redoOf !== undefined && { redoOf: wish.redoOf }),
  };
}

/**
 * What a decision on this wish looks at, with more words of the user's at its end. For words that are still being typed:
 * the files, which are nearly all of it, are put into prompts and measured once.
 */
export function decidableWith(
  wish: Wish,
  next: 'local' | 'cloud' | undefined,
): (words: string) => DecidableRequest {
  const fixed = terms(wish, next);
  const length = promptText(localPrompt(wish.draft(CONTEXT_CHARS[wish.task].local))).length;
  const files = measured(wish, length);
  let cloud: number | undefined;
  return (words) => {
    const instruction = wish.instruction + words;
    const features = {
      ...files,
      instruction,
      subjectText: subjectText(instruction, wish.code),
      promptTokens: estimateTokens(length + words.length, 'ollama'),
    };
    const characters = (): number => (cloud ??= charactersOf(cloudDraft(wish))) + words.length;
    return { ...fixed, features: withCloudTokens(features, characters) };
  };
}

/** Turns a wish into a request: measured, with its prompts made late and the cloud's only through the gate. */
export function prepareRequest(
  wish: Wish,
  gate: CloudGate,
  next: 'local' | 'cloud' | undefined,
): PreparedRequest {
  const local = localPrompt(wish.draft(CONTEXT_CHARS[wish.task].local));
  let restore: Restore = (text) => ({ text, left: 0 });
  let made: Draft | undefined;
  // The decision measures what the gate then gets.
  const draft = (): Draft => (made ??= cloudDraft(wish));
  return {
    request: {
      ...terms(wish, next),
      id: randomUUID(),
      features: withCloudTokens(measured(wish, promptText(local).length), () => charactersOf(draft())),
      prompts: {
        local: () => ({ kind: 'chat', prompt: local }),
        cloud: async () => {
          const prepared = await gate.prepare(draft());
          restore = prepared.restore;
          return prepared;
        },
      },
      ...(wish.checks !== undefined && { checks: wish.checks }),
    },
    restore: (text, file) => restore(text, file),
  };
}
