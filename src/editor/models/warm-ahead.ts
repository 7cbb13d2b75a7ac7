import type { LocalModels } from './local-models';
import type { Providers } from './providers';

/** Loads the chosen models before their first request, each once; reading weights takes seconds no user should wait. */
export class WarmAhead {
  readonly #warmed = new Set<string>();

  constructor(private readonly providers: Pick<Providers, 'engines'>) {}

  follow({ state, complete, explain }: LocalModels, completions: boolean): void {
    if (state.kind !== 'ready') {
      // It went away, and what it had loaded with it.
      this.#warmed.clear();
      return;
    }
    for (const choice of [completions ? complete : undefined, explain]) {
      const ref = choice?.model.ref;
      if (ref?.place !== 'local' || this.#warmed.has(`${ref.provider}/${ref.id}`)) continue;
      // Inside, each window has its own process: only what the next keystroke may want is worth one.
      if (ref.provider === 'inside' && choice !== complete) continue;
      this.#warmed.add(`${ref.provider}/${ref.id}`);
      const engine = this.providers.engines.find(({ provider }) => provider === ref.provider);
      // A model that cannot be loaded says so when it is asked; here nobody waits for it.
      engine?.warm?.(ref.id).catch(() => undefined);
    }
  }
}
