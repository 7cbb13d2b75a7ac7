import type * as Library from 'node-llama-cpp';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { binding, library } from '../../../scripts/engine/fetch';
import type { Target } from '../../../scripts/engine/targets';
import type { Question } from '../../../src/models/inside/protocol';
import { PROJECT } from '../../host/places';

export interface PlainLibrary {
  /** Until the weights were loaded. */
  readonly startMs: number;
  answer(
    question: Question,
    tokens: number,
  ): Promise<{ readonly firstMs: number; readonly perSecond: number; readonly cpuMs: number }>;
  dispose(): Promise<void>;
}

/** `node-llama-cpp` as its documentation uses it, in this process, with as many threads as the engine inside takes. */
export async function plainLibrary(target: Target, file: string): Promise<PlainLibrary> {
  // A copy of its own, as `npm install` would leave it: the library finds its binding beside itself.
  const packages = path.join(PROJECT, 'out', 'plain', 'node_modules');
  await rm(packages, { recursive: true, force: true });
  await cp(await library(), packages, { recursive: true });
  await cp(await binding(target), path.join(packages, 'node-llama-cpp', 'bins'), { recursive: true });
  const url = pathToFileURL(path.join(packages, 'node-llama-cpp', 'dist', 'index.js')).href;
  const started = performance.now();
  const { getLlama, JinjaTemplateChatWrapper } = (await import(url)) as typeof Library;
  const options = {
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: 0,
  } as const;
  const llama = await getLlama({ ...options, logger: () => undefined });
  const model = await llama.loadModel({ modelPath: file, useMmap: true });
  const startMs = performance.now() - started;
  const threads = Math.max(1, llama.cpuMathCores - 1);
  const context = await model.createContext({ contextSize: 8192, batchSize: 512, threads });
  const sequence = context.getSequence();
  const chats = new JinjaTemplateChatWrapper({
    template: model.fileInfo.metadata.tokenizer?.chat_template ?? '',
    tokenizer: model.tokenizer,
    additionalRenderParameters: {},
  });
  return {
    startMs,
    async answer(question, tokens) {
      if (question.kind !== 'chat') throw new Error('only chats are measured');
      const begun = performance.now();
      const cpu = process.cpuUsage();
      const state = chats.generateContextState({
        chatHistory: [
          { type: 'system', text: question.system },
          { type: 'user', text: question.turns[0]?.text ?? '' },
          { type: 'model', response: [''] },
        ],
      });
      const prompt = state.contextText.tokenize(model.tokenizer);
      await sequence.adaptStateToTokens(prompt, false);
      let first: number | undefined;
      let count = 0;
      const rest = prompt.slice(sequence.nextTokenIndex);
      for await (const { token } of sequence.evaluateWithMetadata(
        rest,
        { confidence: false },
        { temperature: 0 },
      )) {
        model.detokenize([token]);
        first ??= performance.now() - begun;
        count += 1;
        if (count >= tokens) break;
      }
      const firstMs = first ?? 0;
      const { user, system } = process.cpuUsage(cpu);
      const perSecond = (count - 1) / ((performance.now() - begun - firstMs) / 1000);
      return { firstMs, perSecond, cpuMs: (user + system) / 1000 };
    },
    dispose: () => (llama as unknown as { dispose(): Promise<void> }).dispose(),
  };
}
