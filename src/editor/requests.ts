import { randomUUID } from 'node:crypto';
import type { CallOptions } from '../models/model';
import { localPrompt, type Draft } from '../privacy/draft';
import type { FileRef } from '../privacy/files/file-ref';
import type { Check } from '../routing/checks/check';
import type { CloudPrompt, RequestFeatures, Task, YardRequest } from '../routing/request';
import { callOptions, CONTEXT_CHARS } from '../tasks/call-options';
import { measureFeatures } from '../tasks/features';
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

/** Turns a wish into a request: measured, with its prompts made late and the cloud's only through the gate. */
export function prepareRequest(
  wish: Wish,
  gate: CloudGate,
  next: 'local' | 'cloud' | undefined,
): PreparedRequest {
  const chars = CONTEXT_CHARS[wish.task];
  const local = localPrompt(wish.draft(chars.local));
  const options: { readonly local: CallOptions; readonly cloud: CallOptions } = callOptions(
    wish.task,
    estimateTokens(wish.code.length, 'claude'),
  );
  const override = wish.override ?? next;
  let restore: Restore = (text) => ({ text, left: 0 });
  return {
    request: {
      id: randomUUID(),
      task: wish.task,
      features: withCloudTokens(
        measureFeatures({
          languageId: wish.languageId,
          instruction: wish.instruction,
          promptText: promptText(local),
          code: wish.code,
          files: wish.files,
        }),
        () => promptText(localPrompt(wish.draft(chars.cloud))).length,
      ),
      prompts: {
        local: () => ({ kind: 'chat', prompt: local }),
        cloud: async () => {
          const prepared = await gate.prepare(wish.draft(chars.cloud));
          restore = prepared.restore;
          return prepared;
        },
      },
      options,
      ...(override !== undefined && { override }),
      ...(wish.redoOf !== undefined && { redoOf: wish.redoOf }),
      ...(wish.checks !== undefined && { checks: wish.checks }),
    },
    restore: (text, file) => restore(text, file),
  };
}
