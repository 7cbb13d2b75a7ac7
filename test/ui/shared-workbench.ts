import { afterAll, afterEach, beforeAll } from 'vitest';
import { SAMPLE_WORKSPACE } from '../host/places';
import { openWorkbench, type OpenWorkbench, type WorkbenchOptions } from '../host/workbench';
import { instantAnswers } from '../servers/answers/answers';
import { startClaudeServer, type ClaudeServer } from '../servers/claude/server';
import type { RecordedRequest } from '../servers/http';
import type { ServedModel } from '../servers/ollama/models';
import { startOllamaServer, type OllamaServer } from '../servers/ollama/server';
import type { Answerer, Pace } from '../servers/question';
import { packagedExtension } from './packaged';
import { leaveTraces } from './pictures';
import { PATIENCE_MS } from './user-path';
import { WorkbenchPage } from './workbench-page';

export interface SharedOptions extends Partial<WorkbenchOptions> {
  /** No folder is open. */
  readonly empty?: boolean;
  /** How fast the servers answer. */
  readonly pace?: Pace;
  /** What Ollama has installed. */
  readonly models?: readonly ServedModel[];
}

interface Parts {
  readonly host: OpenWorkbench;
  readonly workbench: WorkbenchPage;
  readonly ollama: OllamaServer;
  readonly claude: ClaudeServer;
}

/** Slow enough to see an answer stream, no slower. */
const BRISK: Pace = { firstTokenMs: 60, tokenMs: 4 };

/** Extensions start behind everything else, on two busy cores. In ms. */
const STARTED_MS = 90_000;

/** A VS Code with the packaged extension that several tests of a file use one after another, and the servers behind it. */
export class SharedWorkbench {
  /** What the models answer from now on. */
  local: Answerer = instantAnswers;
  cloud: Answerer = instantAnswers;
  #parts: Parts | undefined;

  get host(): OpenWorkbench {
    return this.#started.host;
  }

  get workbench(): WorkbenchPage {
    return this.#started.workbench;
  }

  get ollama(): OllamaServer {
    return this.#started.ollama;
  }

  get claude(): ClaudeServer {
    return this.#started.claude;
  }

  /** Prompts that reached Claude. */
  get cloudRequests(): readonly RecordedRequest[] {
    return this.claude.requests.filter(({ path }) => path === '/v1/messages');
  }

  get localRequests(): readonly RecordedRequest[] {
    return this.ollama.requests.filter(({ path }) => path === '/api/chat' || path === '/api/generate');
  }

  async start({ empty, pace = BRISK, models, ...options }: SharedOptions): Promise<void> {
    const ollama = await startOllamaServer({
      ...pace,
      ...(models !== undefined && { models }),
      answer: (question, gone) => this.local(question, gone),
    });
    const claude = await startClaudeServer({
      ...pace,
      answer: (question, gone) => this.cloud(question, gone),
    });
    const host = await openWorkbench({
      ...(empty ? {} : { workspace: SAMPLE_WORKSPACE }),
      extension: packagedExtension(),
      ...options,
      settings: {
        'switchyard.ollama.endpoint': ollama.url,
        'switchyard.claude.endpoint': claude.url,
        ...options.settings,
      },
    });
    const workbench = new WorkbenchPage(host.page);
    this.#parts = { host, workbench, ollama, claude };
    // Its core is there once the status bar has figures to show.
    await workbench.statusBarItem().filter({ hasText: 'spent' }).first().waitFor({ timeout: STARTED_MS });
    host.page.setDefaultTimeout(PATIENCE_MS);
  }

  async stop(): Promise<void> {
    await this.#parts?.host.close();
    await this.#parts?.ollama.close();
    await this.#parts?.claude.close();
  }

  get #started(): Parts {
    if (this.#parts === undefined) throw new Error('VS Code did not start');
    return this.#parts;
  }
}

/** To be called where a file's tests are described. A test that fails leaves a picture and the logs in out/test/. */
export function shareWorkbench(
  options: SharedOptions | (() => Promise<SharedOptions>) = {},
): SharedWorkbench {
  const shared = new SharedWorkbench();
  beforeAll(async () => shared.start(typeof options === 'function' ? await options() : options));
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const asked = [...shared.ollama.requests, ...shared.claude.requests];
    await leaveTraces(task.name, shared.host, asked.map((one) => `${one.path}: ${one.state}`).join('\n'));
  });
  afterAll(() => shared.stop());
  return shared;
}
