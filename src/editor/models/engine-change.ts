import type { Outcome } from '../../routing/outcome';
import type { LocalModels } from './local-models';

/** What a request shows of the engine in use: it did not answer, or what was asked for is not there (any more). */
export function engineChange(
  { attempts, result }: Pick<Outcome, 'attempts' | 'result'>,
  { provider, state }: Pick<LocalModels, 'provider' | 'state'>,
): 'gone' | 'lacking' | undefined {
  const failures = attempts.flatMap(({ model, end }) =>
    model.place === 'local' && model.provider === provider && end.kind === 'failed' ? [end.failure] : [],
  );
  // Once it is known to be gone, probes look for its return.
  if (state.kind === 'ready' && failures.includes('unreachable')) return 'gone';
  const nobody = result.kind === 'refused' && result.rule === 'no-track';
  return nobody || failures.includes('model-missing') ? 'lacking' : undefined;
}
