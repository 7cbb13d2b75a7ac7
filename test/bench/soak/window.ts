/** One window of the soak, as a process of its own: told what to do by arguments and by the soak that started it. */
import { subscribe } from 'callbag-recharge';
import { billOf } from '../../../src/ledger';
import type { Outcome } from '../../../src/routing/outcome';
import { seeded } from '../../servers/random';
import { Disturbances } from './disturbances';
import { heapAtRest } from './heap';
import { leftBehind, resources } from './left-behind';
import type { FromWindow, ToWindow } from './messages';
import type { WindowOptions } from './options';
import { User } from './user';
import { closeWindow, openWindow } from './window-parts';

const options = JSON.parse(process.argv[2] ?? '') as WindowOptions;
const tell = (message: FromWindow): void => void process.send?.(message);
const hear = (type: ToWindow['type']): Promise<void> =>
  new Promise((resolve) => {
    const listener = (message: unknown): void => {
      if ((message as ToWindow).type !== type) return;
      process.off('message', listener);
      resolve();
    };
    process.on('message', listener);
  });

let unhandled = 0;
const complain =
  (what: string) =>
  (error: unknown): void => {
    unhandled += 1;
    console.error(`window ${options.window}: ${what}`, error);
  };
process.on('unhandledRejection', complain('unhandled rejection'));
process.on('uncaughtException', complain('uncaught exception'));
// Node warns of listeners that pile up.
process.on('warning', complain('warning'));

/** Counts outcomes by request without remembering requests. */
class Outcomes {
  readonly results: Record<string, number> = {};
  count = 0;
  twice = 0;
  cancelled: { id: string; at: number }[] = [];
  readonly #seen = new Uint8Array(options.requests);

  take({ requestId, result, attempts }: Outcome): void {
    const number = Number(requestId.split('-')[1]);
    if (this.#seen[number] === 1) this.twice += 1;
    else this.count += 1;
    this.#seen[number] = 1;
    const how = { answered: 'track', failed: 'failure', refused: 'rule', cancelled: 'kind' }[result.kind];
    const key = `${result.kind} ${String((result as unknown as Record<string, unknown>)[how])}`;
    this.results[key] = (this.results[key] ?? 0) + 1;
    const isCut = attempts.some(({ end }) => end.kind === 'cancelled' || end.kind === 'failed');
    if (result.kind === 'cancelled' || isCut) this.cancelled.push({ id: requestId, at: Date.now() });
  }

  report(): void {
    if (this.cancelled.length > 0) tell({ type: 'cancelled', requests: this.cancelled });
    this.cancelled = [];
  }
}

const before = resources();
// A listener on the channel keeps a process alive, as `hear` will; it is there before and after.
const channel = hear('flush');
const withChannel = [...new Set([...before, ...resources()])];
const parts = openWindow(options);
const outcomes = new Outcomes();
const counting = subscribe(parts.yard.outcomes, (outcome) => {
  if (outcome !== undefined) outcomes.take(outcome);
});
await parts.ledger.loaded;

const draw = seeded(options.seed);
const disturbances = options.disturbed ? new Disturbances(parts, seeded(options.seed + 7)) : undefined;
const user = new User(parts, options, draw);
let ended = 0;
const onEnd = (): void => {
  ended += 1;
  if (ended % 250 !== 0) return;
  outcomes.report();
  tell({ type: 'progress', ended });
};
await user.ask(Math.ceil(options.requests / 10), onEnd);
const afterTenth = await heapAtRest(parts.ledger);
await user.ask(options.requests, onEnd);
const atEnd = await heapAtRest(parts.ledger);
disturbances?.stop();
outcomes.report();
tell({
  type: 'ended',
  counts: { outcomes: outcomes.count, outcomesTwice: outcomes.twice, unhandled, results: outcomes.results },
  heapGrowth: atEnd / afterTenth,
  heapBytes: atEnd,
});

await channel;
const refresh = hear('refresh');
tell({ type: 'flushed', flushed: await parts.ledger.flush() });
await refresh;
const close = hear('close');
await parts.ledger.refresh();
const { all } = parts.ledger.stats.get();
tell({ type: 'figures', figures: { ...billOf(all), requests: all.requests, savedUsd: all.saved.usd } });
await close;
counting.unsubscribe();
await closeWindow(parts);
tell({ type: 'closed', left: await leftBehind(parts, withChannel), unhandled });
process.disconnect();
