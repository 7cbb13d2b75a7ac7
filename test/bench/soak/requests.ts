import { join } from 'node:path';
import { prepareRequest, type CloudGate, type Wish } from '../../../src/editor/requests';
import type { CallOptions } from '../../../src/models/model';
import { fileRef } from '../../../src/privacy/files/file-ref';
import type { Task, YardRequest } from '../../../src/routing/request';
import { askPrompt } from '../../../src/tasks/ask';
import { callOptions } from '../../../src/tasks/call-options';
import { completionPrompt } from '../../../src/tasks/complete';
import { EDIT_FORMAT } from '../../../src/tasks/edits/edit-format';
import { explainPrompt } from '../../../src/tasks/explain';
import { refactorPrompt } from '../../../src/tasks/refactor';
import type { Selection, SourceFile } from '../../../src/tasks/subject';
import { markerOf } from './marker';
import { FILES, FREE_TO_LEAVE, HOME_BOUND } from './workspace';

/** Like the deadlines of `tasks/call-options`, fitted to servers that answer in milliseconds. */
const DEADLINE = { firstTokenMs: 1_500, idleMs: 1_000, totalMs: 6_000 };
/** So that an answer without end ends soon. */
const MOST_OUTPUT_TOKENS = 200;

const fitted = (options: CallOptions): CallOptions => ({
  ...options,
  maxOutputTokens: Math.min(options.maxOutputTokens, MOST_OUTPUT_TOKENS),
  deadline: DEADLINE,
});

export interface RequestMaker {
  readonly folder: string;
  readonly gate: CloudGate;
  readonly draw: () => number;
}

/** What a person asks for over a day: mostly completions, sometimes by name of a track, sometimes once more. */
export function makeRequest(id: string, previous: string | undefined, maker: RequestMaker): YardRequest {
  const { draw } = maker;
  const task = taskAt(draw());
  const request = task === 'complete' ? completion(id, maker) : prepared(id, task, maker);
  const options = { local: fitted(request.options.local), cloud: fitted(request.options.cloud) };
  const chance = draw();
  if (chance < 0.06) return { ...request, options, override: 'cloud' };
  if (chance < 0.1) return { ...request, options, override: 'local' };
  if (chance < 0.14 && previous !== undefined && task !== 'complete')
    return { ...request, options, override: 'cloud', redoOf: previous };
  return { ...request, options };
}

function taskAt(chance: number): Task {
  if (chance < 0.4) return 'complete';
  if (chance < 0.65) return 'explain';
  return chance < 0.85 ? 'refactor' : 'ask';
}

function prepared(id: string, task: Wish['task'], maker: RequestMaker): YardRequest {
  const wish = wishFor(id, task, maker);
  const { request } = prepareRequest(wish, maker.gate, undefined);
  return { ...request, id };
}

function wishFor(id: string, task: Wish['task'], maker: RequestMaker): Wish {
  const source = aFile(maker);
  const selection = aSelection(source, maker.draw);
  const code = source.text.slice(selection.start, selection.end);
  const common = { task, languageId: source.languageId, files: 1, code };
  switch (task) {
    case 'explain': {
      const subject = { selection, symbol: `sum ${markerOf(id)}`, history: [], question: '' };
      return { ...common, instruction: '', draft: (chars) => explainPrompt(subject, chars) };
    }
    case 'refactor': {
      const instruction = `Give this a shorter name. ${markerOf(id)}`;
      const subject = { selection, instruction, refinements: [] };
      return { ...common, instruction, draft: (chars) => refactorPrompt(subject, chars) };
    }
    case 'ask': {
      const files = sharedContext(maker);
      const question = `Where is the sum made? ${markerOf(id)}`;
      const subject = { files, question, history: [], editFormat: EDIT_FORMAT };
      const all = files.map(({ text }) => text).join('');
      return {
        ...common,
        files: files.length,
        code: all,
        instruction: question,
        draft: (chars) => askPrompt(subject, chars),
      };
    }
  }
}

function completion(id: string, maker: RequestMaker): YardRequest {
  const source = aFile(maker);
  const { start } = aSelection(source, maker.draw);
  const prefix = `${source.text.slice(0, start)}// ${markerOf(id)}\n`;
  const suffix = source.text.slice(start);
  const text = prefix + suffix;
  const window = { start: 0, caret: prefix.length, end: text.length };
  const subject = { file: source.file, document: text, ...window };
  return {
    id,
    task: 'complete',
    features: {
      languageId: source.languageId,
      instruction: '',
      subjectText: text,
      promptTokens: Math.ceil(text.length / 3),
      codeLines: 0,
      files: 1,
      outsideNames: 0,
    },
    prompts: {
      local: () => ({ kind: 'infill', prompt: { context: [], path: source.name, prefix, suffix } }),
      cloud: () => maker.gate.prepare(completionPrompt(subject)),
    },
    options: callOptions('complete', 0),
    ...(maker.draw() < 0.1 && { instant: { text: 'sum', confidence: 1 } }),
  };
}

/** Share of requests about a file that must not leave. */
const ABOUT_PRIVATE = 0.03;

function aFile({ folder, draw }: RequestMaker): SourceFile {
  return sourceFile(folder, pick(draw() < ABOUT_PRIVATE ? HOME_BOUND : FREE_TO_LEAVE, draw));
}

/** One of four sets of files, as somebody asks about the same part of a project all day. */
function sharedContext({ folder, draw }: RequestMaker): SourceFile[] {
  const first = Math.floor(draw() * 4);
  const names = FREE_TO_LEAVE.slice(first, first + 3);
  return [...names, ...(draw() < ABOUT_PRIVATE ? HOME_BOUND : [])].map((name) => sourceFile(folder, name));
}

const sourceFile = (folder: string, name: string): SourceFile => ({
  file: fileRef(join(folder, name)),
  name,
  languageId: 'typescript',
  text: FILES[name] ?? '',
});

/** Some lines in the middle. */
function aSelection(source: SourceFile, draw: () => number): Selection {
  const at = source.text.indexOf('\nexport', Math.floor(draw() * source.text.length * 0.8)) + 1;
  const end = source.text.indexOf('\n}\n', at);
  return { source, start: at, end: end === -1 ? source.text.length : end + 3 };
}

const pick = (from: readonly string[], draw: () => number): string =>
  from[Math.floor(draw() * from.length)] ?? '';
