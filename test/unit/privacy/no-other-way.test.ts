import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ESLint, Linter } from 'eslint';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'src/routing');

const HEAD = `
import { CloudText } from '../privacy/cloud-text';
import type { ChatModel, CloudModel, CallOptions, ModelEvent, Prompt } from '../models/model';
import type { CloudPrompt } from './request';
import type { Draft, Parts } from '../privacy/draft';
import { ours } from '../privacy/draft';
import type { Gate } from '../privacy/gate';
declare const model: CloudModel;
declare const options: CallOptions;
declare const signal: AbortSignal;
declare const text: string;
declare const plain: Prompt<string>;
declare const gate: Gate;
const send = (prompt: Prompt<CloudText>): AsyncIterable<ModelEvent> => model.chat(prompt, options, signal);
export const used = [CloudText, send, ours, text, plain, gate] as unknown;
`;

/** Ways to hand text to a cloud model that must not compile. */
const MUST_FAIL: Record<string, string> = {
  'a string': `export const forged: CloudText = text;`,
  'a string, cast': `export const forged = text as CloudText;`,
  'an object literal': `export const forged: CloudText = { length: 4, toJSON: () => text, toString: () => text };`,
  'an object literal with a field named #text': `export const forged: CloudText = { '#text': text, '#mayLeave': () => undefined, length: 4, toJSON: () => text };`,
  'the constructor': `export const forged = new CloudText(Symbol(), text, () => undefined);`,
  'a subclass': `export class Mine extends CloudText {}`,
  'a class of the same shape': `class Fake { readonly #text = text; readonly #mayLeave = () => undefined; get length() { return this.#text.length; } toJSON() { return this.#text; } own() { return this.#mayLeave(); } }\nexport const forged: CloudText = new Fake();`,
  'a class that implements it': `class Fake implements CloudText { get length() { return 4; } toJSON() { return text; } }\nexport const forged: CloudText = new Fake();`,
  'a branded string': `export const forged: CloudText = text as string & { readonly brand: 'CloudText' };`,
  'the private field': `declare const real: CloudText;\nexport const read = real.#text;`,
  'a prompt of strings': `export const sent = model.chat(plain, options, signal);`,
  'a prompt of strings among the parts': `export const sent = send({ system: [{ text }], turns: [] });`,
  'a prompt of strings through a model of anything': `const loose: ChatModel<unknown> = model;\nexport const sent = loose.chat(plain, options, signal);`,
  'a cloud model as a model of strings': `export const loose: ChatModel<string> = model;`,
  'a cloud prompt of strings': `export const prompt: CloudPrompt = { ok: true, prompt: plain, report: { redactions: {}, blocked: [] } };`,
  'a draft without sources': `export const draft: Draft = { system: [], turns: [{ role: 'user', parts: [{ text }] }] };`,
  'a draft whose piece names no file': `export const draft: Draft = { system: [], turns: [{ role: 'user', parts: [{ needed: true, pieces: [{ from: 'derived', text }] }] }] };`,
  'a draft that calls a string our own': `export const draft: Draft = { system: [{ needed: true, pieces: [{ from: 'ours', text }] }], turns: [] };`,
  'our own text with a hole in it': 'export const own = ours`Explain ${text}`;',
  'our own text from a string': `export const own = ours(text);`,
  'our own text from an array': `export const own = ours([text]);`,
  'the gate given a finished prompt': `export const gated = gate.prepare(plain);`,
};

/** The proper way, so that the snippets above fail for their own reasons. */
const MUST_COMPILE: Record<string, string> = {
  'a draft through the gate': `export async function proper(draft: Draft): Promise<unknown> { const gated = await gate.prepare(draft); const prompt: CloudPrompt = gated; return prompt.ok ? send(prompt.prompt) : prompt.rule; }`,
  'our own words':
    'export const draft: Draft = { system: [{ needed: true, pieces: [{ from: "ours", text: ours`Explain.` }] }], turns: [] };',
  'the gate prompt as the models see it': `declare const parts: Parts<CloudText>;\nexport const prompt: Prompt<CloudText> = parts;`,
};

function errorsBySnippet(snippets: Record<string, string>): Map<string, string[]> {
  const files = new Map(
    Object.entries(snippets).map(([name, code], i) => [
      join(FOLDER, `snippet-${i}.ts`),
      { name, code: HEAD + code },
    ]),
  );
  const configPath = join(ROOT, 'tsconfig.json');
  const { config } = ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  const checked = { ...options, types: ['node'], noUnusedLocals: false };
  const host = ts.createCompilerHost(checked);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (path) => files.get(resolve(path))?.code ?? readFile(path);
  host.fileExists = (path) => files.has(resolve(path)) || fileExists(path);
  const program = ts.createProgram([...files.keys()], checked, host);
  return new Map(
    [...files].map(([path, { name }]) => {
      const source = program.getSourceFile(path);
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [name, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
    }),
  );
}

describe('the compiler', () => {
  let errors: Map<string, string[]>;
  beforeAll(() => {
    errors = errorsBySnippet({ ...MUST_FAIL, ...MUST_COMPILE });
  }, 60_000);

  for (const name of Object.keys(MUST_FAIL)) {
    it(`refuses ${name}`, () => {
      expect(errors.get(name)).not.toEqual([]);
    });
  }
  for (const name of Object.keys(MUST_COMPILE)) {
    it(`takes ${name}`, () => {
      expect(errors.get(name)).toEqual([]);
    });
  }
});

describe('the lint rule', () => {
  const eslint = new ESLint({ cwd: ROOT });

  /** The project's own rules about imports, as they stand for one file, on a snippet. */
  async function complaints(path: string, code: string): Promise<string[]> {
    const { rules } = (await eslint.calculateConfigForFile(join(ROOT, path))) as {
      rules: Linter.RulesRecord;
    };
    const ofImports = Object.fromEntries(
      ['no-restricted-imports', 'no-restricted-syntax'].flatMap((name) => {
        const rule = rules[name];
        return rule === undefined ? [] : [[name, rule]];
      }),
    );
    return new Linter().verify(code, { rules: ofImports }).map(({ message }) => message);
  }

  const FOLDERS = [
    'answer',
    'base',
    'completion',
    'dashboard',
    'editor',
    'ledger',
    'models',
    'routing',
    'tasks',
  ];
  for (const folder of FOLDERS) {
    it(`lets nobody in src/${folder}/ make cloud text`, async () => {
      const path = `src/${folder}/any.ts`;
      expect(await complaints(path, `import { mintCloudText } from '../privacy/cloud-text';`)).not.toEqual(
        [],
      );
      expect(await complaints(path, `import * as all from '../privacy/cloud-text';`)).not.toEqual([]);
      expect(await complaints(path, `export { mintCloudText } from '../privacy/cloud-text';`)).not.toEqual(
        [],
      );
      expect(await complaints(path, `import { peekCloudText } from '../privacy/cloud-text';`)).not.toEqual(
        [],
      );
      expect(await complaints(path, `import('../privacy/cloud-text');`)).not.toEqual([]);
    });
  }

  it('holds for the extension itself and for the rest of src/privacy/', async () => {
    const line = (from: string): string => `import { mintCloudText } from '${from}/cloud-text';`;
    expect(await complaints('src/extension.ts', line('./privacy'))).not.toEqual([]);
    expect(await complaints('src/privacy/draft.ts', line('.'))).not.toEqual([]);
    expect(await complaints('src/privacy/secrets/tokens.ts', line('..'))).not.toEqual([]);
    expect(await complaints('src/privacy/gate.ts', line('.'))).toEqual([]);
  });

  it('lets clients reveal what they send', async () => {
    expect(
      await complaints('src/models/claude/any.ts', `import { CloudText } from '../../privacy/cloud-text';`),
    ).toEqual([]);
  });
});

describe('the sources', () => {
  it('never read the clipboard', () => {
    const reading = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) => {
        const text = readFileSync(join(ROOT, 'src', path), 'utf8');
        const reads =
          /clipboard(?!\.writeText\()|['"`]paste['"`]|onPaste|DocumentPasteEdit|\bDataTransfer\b/i;
        return reads.test(text);
      });
    expect(reading).toEqual([]);
  });

  it('name the mint in two files only', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .filter((path) => readFileSync(join(ROOT, 'src', path), 'utf8').includes('mintCloudText'));
    expect(files.map((path) => path.replaceAll('\\', '/')).sort()).toEqual([
      'privacy/cloud-text.ts',
      'privacy/gate.ts',
    ]);
    expect(new Set(files.map(dirname))).toEqual(new Set(['privacy']));
  });
});
