import { seeded } from '../../servers/random';
import { startClaudeServer, type ClaudeServer } from '../../servers/claude/server';
import { startOllamaServer, type OllamaServer } from '../../servers/ollama/server';
import { soakAnswer } from './answers';
import { CLAUDE_FAULTS, OLLAMA_FAULTS } from './fault-plan';
import type { SoakOptions } from './options';
import { WireWatch } from './wire-watch';

/** What one soak's windows talk to, and what was seen there. */
export interface SoakServers {
  readonly ollama: OllamaServer;
  readonly claude: ClaudeServer;
  readonly watch: WireWatch;
  /** Requests that no side has ended. */
  open(): number;
  /** No more refused connections; what runs goes on. */
  calm(): Promise<void>;
  close(): Promise<void>;
}

/** So many requests are refused now and then, and for so long, in ms. */
const REFUSED_EVERY_MS = 4_000;
const REFUSED_FOR_MS = 120;
/** Nobody waits in line: the soak is about faults, not about a slow machine. */
const PARALLEL = 256;

export async function startServers({ faults, seed }: SoakOptions): Promise<SoakServers> {
  const watch = new WireWatch();
  const common = { answer: soakAnswer, firstTokenMs: 1, tokenMs: 0, keep: 10 };
  const ollama = await startOllamaServer({ ...common, parallel: PARALLEL, watch: watch.of('ollama') });
  const claude = await startClaudeServer({ ...common, watch: watch.of('claude') });
  const isAnswer = ({ path }: { readonly path: string }): boolean => ANSWERS.has(path);
  ollama.faults.randomly({ share: faults, seed, faults: OLLAMA_FAULTS, where: isAnswer });
  claude.faults.randomly({ share: faults, seed: seed + 1, faults: CLAUDE_FAULTS, where: isAnswer });
  const refusals = faults > 0 ? new Refusals([ollama, claude], seed) : undefined;
  return {
    ollama,
    claude,
    watch,
    open: () => ollama.open() + claude.open(),
    calm: () => refusals?.stop() ?? Promise.resolve(),
    async close() {
      await refusals?.stop();
      await Promise.all([ollama.close(), claude.close()]);
    },
  };
}

/** Questions about health and models stay whole: that tracks come back is a check of its own. */
const ANSWERS = new Set(['/v1/messages', '/api/chat', '/api/generate']);

/** Takes no connections for a moment, now this server, now that. */
class Refusals {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly servers: readonly (OllamaServer | ClaudeServer)[],
    seed: number,
  ) {
    this.#plan(seeded(seed + 2));
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  #plan(draw: () => number): void {
    this.#timer = setTimeout(
      () => {
        const server = this.servers[Math.floor(draw() * this.servers.length)];
        this.#running = server === undefined ? Promise.resolve() : refuseFor(server, REFUSED_FOR_MS);
        void this.#running.then(() => {
          if (this.#timer !== undefined) this.#plan(draw);
        });
      },
      REFUSED_EVERY_MS * (0.5 + draw()),
    );
  }
}

async function refuseFor(server: OllamaServer | ClaudeServer, ms: number): Promise<void> {
  await server.refuse();
  await new Promise((resolve) => setTimeout(resolve, ms));
  await server.listenAgain();
}
