import { subscribe } from 'callbag-recharge';
import type { Clock } from '../base/clock';
import type { Yard } from './yard';

/** Resolves when no request runs any more, or after `limitMs`. */
export function whenIdle(yard: Pick<Yard, 'active'>, clock: Clock, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      callOff();
      listening.unsubscribe();
      resolve();
    };
    const callOff = clock.after(limitMs, end);
    const listening = subscribe(yard.active, (active) => {
      if (active.length === 0) end();
    });
    if (yard.active.get().length === 0) end();
  });
}
