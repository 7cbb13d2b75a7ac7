import { instantAnswers } from '../../servers/answers/answers';
import { startClaudeServer, type ClaudeServer, type ClaudeServerOptions } from '../../servers/claude/server';
import { startOllamaServer, type OllamaServer, type OllamaServerOptions } from '../../servers/ollama/server';
import type { RecordedRequest } from '../../servers/http';
import type { Answerer } from '../../servers/question';
import { AnswerViews } from './answer-views';
import { closeAll } from './editor';
import { forgetSettings, Outcomes, run, setting } from './extension';
import { Person } from './person';
import { until } from './until';

/** No key of anybody's: the stand-in takes whatever begins like one. */
export const KEY = 'sk-ant-for-tests-0123456789';

export interface YardOptions {
  /** A Claude key is stored. Default: yes. */
  readonly key?: boolean;
  readonly ollama?: OllamaServerOptions;
  readonly claude?: ClaudeServerOptions;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The extension with a person before it and two servers behind it, all in one process. */
export class Yard {
  /** Says what the local models answer from now on. */
  local: Answerer = instantAnswers;
  cloud: Answerer = instantAnswers;
  readonly person = new Person();
  readonly answers = new AnswerViews();

  private constructor(
    readonly ollama: OllamaServer,
    readonly claude: ClaudeServer,
    readonly outcomes: Outcomes,
  ) {}

  static async open(options: YardOptions = {}): Promise<Yard> {
    const answerers: { yard?: Yard } = {};
    const answer =
      (side: 'local' | 'cloud'): Answerer =>
      (question, gone) =>
        (answerers.yard?.[side] ?? instantAnswers)(question, gone);
    const ollama = await startOllamaServer({ answer: answer('local'), ...options.ollama });
    const claude = await startClaudeServer({ answer: answer('cloud'), ...options.claude });
    const yard = new Yard(ollama, claude, await Outcomes.listen());
    answerers.yard = yard;
    await setting('ollama.endpoint', ollama.url);
    await setting('claude.endpoint', claude.url);
    // Suites about something else are not asked where simple edits run.
    await setting('refactor.simpleOnLocal', false);
    for (const [key, value] of Object.entries(options.settings ?? {})) await setting(key, value);
    await until('a look at Ollama', () => ollama.requests.some(({ path }) => path === '/api/tags'));
    await ollama.settled();
    if (options.key !== false) await yard.giveKey();
    return yard;
  }

  /** As a user does it, with the command; a new key also makes the extension try Claude again. */
  async giveKey(key = KEY): Promise<void> {
    this.person.answers(/^Claude key$/, key);
    await run('enterKey');
  }

  async takeKey(): Promise<void> {
    this.person.answers(/^Remove the Claude key/, 'Remove');
    await run('removeKey');
  }

  /** What was asked of Claude: prompts, no looking around. */
  get cloudRequests(): readonly RecordedRequest[] {
    return this.claude.requests.filter(({ path }) => path === '/v1/messages');
  }

  /** What was asked of the local models. */
  get localRequests(): readonly RecordedRequest[] {
    return this.ollama.requests.filter(({ path }) => path === '/api/chat' || path === '/api/generate');
  }

  /** Closes what a test left open, and forgets what its person would have answered. */
  async tidyUp(): Promise<void> {
    this.answers.close();
    this.person.forget();
    await closeAll();
  }

  async close(): Promise<void> {
    await this.takeKey();
    this.answers.leave();
    await closeAll();
    this.person.leave();
    this.outcomes.dispose();
    await forgetSettings();
    await Promise.all([this.ollama.close(), this.claude.close()]);
  }
}
