import type { CompletionEngine } from '../../completion/engine';

/** The files of a project, by whatever names one of them (`File`). */
export interface ProjectFiles<File> {
  list(): Promise<readonly File[]>;
  /** What the engine is to call it; undefined for what is no file of the project. */
  pathOf(file: File): string | undefined;
  /** Whether the rules let it be learned from, as they are now. */
  mayLearn(file: File): Promise<boolean>;
  /** Undefined for what is no text, too large, or gone. */
  read(file: File): Promise<string | undefined>;
  /** Gives others their turn between two files. */
  pause(): Promise<void>;
}

/** Text the workspace can predict from; the index holds at most 10 MB of it (UTF-16 units here). */
const MOST_TEXT = 10_000_000;

interface Learned<File> {
  readonly file: File;
  /** UTF-16 units. */
  readonly size: number;
}

/** Keeps the engine's knowledge of the project's files what the files, and the rules on them, now say. */
export class ProjectLearner<File> {
  readonly #learned = new Map<string, Learned<File>>();
  #size = 0;
  /** The last run through all files; an earlier one gives way to it. */
  #reading = new AbortController();

  constructor(
    private readonly engine: Pick<CompletionEngine, 'learnFile' | 'forgetFile'>,
    private readonly files: ProjectFiles<File>,
    /** One file that cannot be learned from is no reason to leave out the others. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Learns from all files that are not known yet, one after the other. */
  async learnAll(): Promise<void> {
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    for (const file of await this.files.list()) {
      if (signal.aborted) return;
      const path = this.files.pathOf(file);
      if (path === undefined || this.#learned.has(path)) continue;
      await this.learn(file);
      await this.files.pause();
    }
  }

  /** A file came, or reads otherwise now. Never throws. */
  async learn(file: File): Promise<void> {
    try {
      const path = this.files.pathOf(file);
      if (path === undefined || !(await this.files.mayLearn(file))) return;
      const text = await this.files.read(file);
      // The rules may have changed while it was read.
      if (text === undefined || !(await this.files.mayLearn(file))) return;
      const others = this.#size - (this.#learned.get(path)?.size ?? 0);
      if (others + text.length > MOST_TEXT) return;
      this.#size = others + text.length;
      this.#learned.set(path, { file, size: text.length });
      this.engine.learnFile(path, text);
    } catch (error) {
      this.failed(error);
    }
  }

  /** The file is gone. */
  forget(file: File): void {
    const path = this.files.pathOf(file);
    if (path !== undefined) this.#forget(path);
  }

  /** The rules changed: what may no longer be learned from is forgotten, what may be now is learned. */
  async followRules(): Promise<void> {
    for (const [path, { file }] of [...this.#learned])
      if (!(await this.files.mayLearn(file))) this.#forget(path);
    await this.learnAll();
  }

  dispose(): void {
    this.#reading.abort();
  }

  #forget(path: string): void {
    this.#size -= this.#learned.get(path)?.size ?? 0;
    this.#learned.delete(path);
    this.engine.forgetFile(path);
  }
}
