import { END, type Signal, STATE } from '../core/protocol';
import type { Actions } from '../core/types';

/** What an operator with one dependency does with everything that is not a value: signals and the end go on. */
export function passOn<T>(actions: Actions<T>, type: number, data: unknown): void {
  if (type === STATE) actions.signal(data as Signal);
  else if (type !== END) return;
  else if (data === undefined) actions.complete();
  else actions.error(data);
}
