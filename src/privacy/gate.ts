import { lineAt, newlinesIn } from '../base/lines';
import { mintCloudText, type CloudText, type MayLeave } from './cloud-text';
import { OurText, numberLines, type Draft, type DraftPart, type Parts, type Piece } from './draft';
import type { FileRef } from './files/file-ref';
import type { FileRules } from './files/file-rules';
import type { Placeholders } from './placeholders';
import { previewText } from './preview';
import type { BlockRule, PrivacyReport } from './report';
import { fileKey, PromptRestorer, type Redacted, type Restorer } from './restore';
import { mergeFindings, type Finding } from './secrets/finding';
import { findRepeats, learnSecrets, type KnownSecrets } from './secrets/repeats';

export interface GateOptions {
  readonly files: FileRules;
  readonly placeholders: Placeholders;
  /** Offline, Restricted Mode, the organisation's policy: asked when text is made and again when it is sent. */
  readonly mayLeave: MayLeave;
  /**
   * Asked last, with a way to show exactly what would be sent; false sends nothing. Where the user wants no
   * preview it says true without calling `render`.
   */
  readonly confirm?: (render: () => string) => Promise<boolean>;
  /** For tests; the search of `secrets/find-secrets.ts` by default, loaded on first use. */
  readonly findSecrets?: (text: string) => Promise<Finding[]>;
}

/** Fits `CloudPrompt` of `routing/request.ts`. */
export type Gated =
  | {
      readonly ok: true;
      readonly prompt: Parts<CloudText>;
      readonly report: PrivacyReport;
      /** For turning the answer's placeholders back when it goes into the user's file. */
      readonly restorer: Restorer;
    }
  | { readonly ok: false; readonly rule: BlockRule; readonly report: PrivacyReport };

/** The one way to a cloud: every piece of a prompt names its source, is judged by it, searched, and only then sent. */
export interface Gate {
  prepare(draft: Draft): Promise<Gated>;
}

export function createGate(options: GateOptions): Gate {
  return { prepare: (draft) => new Passage(options).prepare(draft) };
}

/** Where the parts of a draft may go. */
type Judged =
  | { readonly kind: 'passed'; readonly leftOut: ReadonlySet<DraftPart> }
  /** A part that the request cannot do without must stay here. */
  | { readonly kind: 'refused'; readonly rule: BlockRule };

const findSecretsLater = async (text: string): Promise<Finding[]> =>
  (await import('./secrets/find-secrets')).findSecrets(text);

/** One draft on its way through the gate. */
class Passage {
  readonly #find: (text: string) => Promise<Finding[]>;
  readonly #counts = new Map<string, number>();
  readonly #counted = new Set<string>();
  readonly #blocked = new Map<string, BlockRule>();
  readonly #redacted = new Map<string, Redacted>();
  readonly #verdicts = new Map<string, Promise<BlockRule | undefined>>();
  readonly #documents = new Map<string, Promise<Finding[]>>();
  /** Of the whole draft, also of parts that are left out. Gone with this passage. */
  readonly #known: KnownSecrets = new Map();

  constructor(private readonly options: GateOptions) {
    this.#find = options.findSecrets ?? findSecretsLater;
  }

  async prepare(draft: Draft): Promise<Gated> {
    const forbidden = this.options.mayLeave();
    if (forbidden !== undefined) return this.#refuse(forbidden);
    const all = [...draft.system, ...draft.turns.flatMap(({ parts }) => parts)];
    // Where the files may go is asked of the disk, and the search need not wait for it.
    const [judged] = await Promise.all([this.#judgeAll(all), this.#learn(all)]);
    if (judged.kind === 'refused') return this.#refuse(judged.rule);
    const { leftOut } = judged;
    const make = async (parts: readonly DraftPart[]): Promise<{ text: CloudText; stable?: boolean }[]> => {
      const made: { text: CloudText; stable?: boolean }[] = [];
      for (const part of parts) if (!leftOut.has(part)) made.push(await this.#make(part));
      return made;
    };
    const system = await make(draft.system);
    const turns: Parts<CloudText>['turns'][number][] = [];
    // One after another, so that the same draft always numbers its placeholders alike.
    for (const { role, parts } of draft.turns) turns.push({ role, parts: await make(parts) });
    const prompt: Parts<CloudText> = { system, turns };
    const declined = await this.#declined(prompt);
    if (declined !== undefined) return this.#refuse(declined);
    const restorer = new PromptRestorer([...this.#redacted.values()]);
    return { ok: true, prompt, report: this.#report(), restorer };
  }

  async #declined(prompt: Parts<CloudText>): Promise<BlockRule | undefined> {
    const { confirm, mayLeave } = this.options;
    const report = this.#report();
    if (confirm !== undefined && !(await confirm(() => previewText(prompt, report))))
      return 'declined-at-preview';
    // The user may have gone offline while reading the preview.
    return mayLeave();
  }

  async #judgeAll(parts: readonly DraftPart[]): Promise<Judged> {
    const files = parts.flatMap(({ pieces }) => pieces).flatMap(filesOf);
    await Promise.all(files.map((file) => this.#verdict(file)));
    const leftOut = new Set<DraftPart>();
    for (const part of parts) {
      const rule = await this.#judge(part);
      if (rule === undefined) continue;
      if (part.needed) return { kind: 'refused', rule };
      leftOut.add(part);
    }
    return { kind: 'passed', leftOut };
  }

  /** The rule that keeps a part here: the first of any piece's. */
  async #judge(part: DraftPart): Promise<BlockRule | undefined> {
    let first: BlockRule | undefined;
    for (const file of part.pieces.flatMap(filesOf)) {
      const rule = await this.#verdict(file);
      if (rule === undefined) continue;
      first ??= rule;
      this.#blocked.set(this.options.files.display(file), rule);
    }
    return first;
  }

  #verdict(file: FileRef): Promise<BlockRule | undefined> {
    const picked = file.kind === 'file' && file.picked === true;
    const key = `${picked ? 'picked' : ''} ${fileKey(file)}`;
    const known = this.#verdicts.get(key) ?? this.options.files.check(file);
    this.#verdicts.set(key, known);
    return known;
  }

  /** Finds the secrets of all pieces first: one that is found in one of them is taken out of every other. */
  async #learn(parts: readonly DraftPart[]): Promise<void> {
    for (const text of parts.flatMap(({ pieces }) => pieces).flatMap(textOf)) {
      learnSecrets(this.#known, text, await this.#findIn(text));
    }
  }

  async #make(part: DraftPart): Promise<{ text: CloudText; stable?: boolean }> {
    let text = '';
    for (const piece of part.pieces) text += await this.#pass(piece);
    const minted = mintCloudText(text, this.options.mayLeave);
    return part.stable === undefined ? { text: minted } : { text: minted, stable: part.stable };
  }

  async #pass(piece: Piece): Promise<string> {
    switch (piece.from) {
      case 'ours':
        return OurText.read(piece.text);
      case 'user':
        return this.#redact(piece.text, 0, piece.text.length, await this.#allIn(piece.text), 'anywhere');
      case 'derived':
        return this.#redact(piece.text, 0, piece.text.length, await this.#allIn(piece.text), piece.files);
      case 'file': {
        const { document, file } = piece;
        const start = clamp(piece.start ?? 0, document.length);
        const end = clamp(piece.end ?? document.length, document.length);
        const findings = await this.#allIn(document);
        if (piece.numbered !== true) return this.#redact(document, start, end, findings, [file]);
        return this.#numbered(document, start, end, findings, file);
      }
    }
  }

  /** Line numbers are the document's own, also below a secret of many lines that became a single word. */
  #numbered(
    document: string,
    start: number,
    end: number,
    findings: readonly Finding[],
    file: FileRef,
  ): string {
    const ofManyLines = findings.filter((found) => document.slice(found.start, found.end).includes('\n'));
    let text = '';
    let at = start;
    let line = lineAt(document, start);
    for (const next of [...ofManyLines.map((found) => Math.min(found.end, end)), end]) {
      if (next <= at) continue;
      // What follows such a secret stands on the line that the secret began, which has its number.
      text += numberLines(this.#redact(document, at, next, findings, [file]), line, at > start);
      line += newlinesIn(document.slice(at, next));
      at = next;
    }
    return text;
  }

  #findIn(text: string): Promise<Finding[]> {
    const known = this.#documents.get(text) ?? this.#find(text);
    this.#documents.set(text, known);
    return known;
  }

  /** What is a secret by itself, and what is one elsewhere in the draft. */
  async #allIn(text: string): Promise<Finding[]> {
    return mergeFindings([...(await this.#findIn(text)), ...findRepeats(text, this.#known)]);
  }

  /** `text` from `start` to `end` with each secret, or the part of one inside the window, under its placeholder. */
  #redact(
    text: string,
    start: number,
    end: number,
    findings: readonly Finding[],
    origin: 'anywhere' | readonly FileRef[],
  ): string {
    let result = '';
    let at = start;
    for (const finding of findings) {
      const from = Math.max(finding.start, start);
      const to = Math.min(finding.end, end);
      if (from >= to) continue;
      result += text.slice(at, from) + this.#placeholder(text.slice(from, to), finding.kind, origin);
      at = to;
    }
    return result + text.slice(at, Math.max(at, end));
  }

  #placeholder(secret: string, kind: string, origin: 'anywhere' | readonly FileRef[]): string {
    const name = this.options.placeholders.nameFor(secret, kind);
    if (!this.#counted.has(name)) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    this.#counted.add(name);
    const before = this.#redacted.get(name);
    const files = origin === 'anywhere' ? [] : origin.map(fileKey);
    this.#redacted.set(name, {
      name,
      secret,
      origins: new Set([...(before?.origins ?? []), ...files]),
      anywhere: before?.anywhere === true || origin === 'anywhere',
    });
    return name;
  }

  #report(): PrivacyReport {
    return {
      redactions: Object.fromEntries(this.#counts),
      blocked: [...this.#blocked].map(([path, rule]) => ({ path, rule })),
    };
  }

  #refuse(rule: BlockRule): Gated {
    return { ok: false, rule, report: this.#report() };
  }
}

function filesOf(piece: Piece): readonly FileRef[] {
  return piece.from === 'file' ? [piece.file] : piece.from === 'derived' ? piece.files : [];
}

const textOf = (piece: Piece): readonly string[] =>
  piece.from === 'ours' ? [] : [piece.from === 'file' ? piece.document : piece.text];

const clamp = (offset: number, length: number): number => Math.min(Math.max(0, offset), length);
