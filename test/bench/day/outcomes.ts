import * as z from 'zod';
import { TEXT_REACH } from '../../../src/routing/gain/predict';
import { predictPair } from '../../../src/routing/gain/pair-model';
import { fitPair } from '../routing/fit-pair';
import type { Item } from '../routing/items';
import { foldOfGroup } from '../routing/random';

/** Items that looked alike to the router, summed up: how many, and how often each model was right on them. */
const Cell = z.object({
  items: z.number(),
  local: z.number(),
  cloud: z.number(),
  /** The gain predicted before generating; absent where nothing is predicted. */
  gain: z.number().optional(),
  /** Name and score of the evidence the local answer came with; absent where the items have none. */
  check: z.string().optional(),
  score: z.number().optional(),
});
export type Cell = z.infer<typeof Cell>;

const Cells = z.array(Cell);
export const DayOutcomes = z.object({
  about: z.record(z.string(), z.unknown()).optional(),
  explain: Cells,
  refactor: Cells,
  ask: Cells,
});
export type DayOutcomes = z.infer<typeof DayOutcomes>;

const rounded = (value: number): number => Number(value.toFixed(3));

interface Seen {
  readonly item: Item;
  readonly gain?: number;
  readonly check?: string;
  readonly score?: number;
}

function cells(seen: readonly Seen[]): Cell[] {
  const groups = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = `${one.gain ?? ''}|${one.score ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  return [...groups.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, group]): Cell => {
      const first = group[0];
      return {
        items: group.length,
        local: rounded(mean(group.map(({ item }) => item.small.p))),
        cloud: rounded(mean(group.map(({ item }) => item.large.p))),
        ...(first?.gain !== undefined && { gain: first.gain }),
        ...(first?.score !== undefined && { check: first.check, score: first.score }),
      };
    });
}

const GAIN_STEP = 0.01;

/** Predictions for items by a model that has not seen them, bounded as the editor's are, in steps. */
function unseenGains(items: readonly Item[]): (item: Item) => number {
  const fold = foldOfGroup(
    items.map((item) => item.group),
    5,
    1,
  );
  const models = [0, 1, 2, 3, 4].map((left) =>
    fitPair(items.filter((item) => fold.get(item.group) !== left)),
  );
  return (item) => {
    const model = models[fold.get(item.group) ?? 0];
    const usual = item.asked === undefined ? undefined : model?.kinds[item.asked]?.meanGain;
    if (model === undefined || usual === undefined) return 0;
    const moved = predictPair(model, item.asked, item.numbers).gain - usual;
    const gain = usual + Math.max(-TEXT_REACH, Math.min(TEXT_REACH, moved));
    return rounded(Math.round(gain / GAIN_STEP) * GAIN_STEP);
  };
}

/**
 * Outcomes of the nearest measured kinds: explanations from reading exercises, refactors from writing exercises,
 * questions from word problems. Nobody has measured the editor's own tasks on both classes of models.
 */
export function summarise(items: readonly Item[]): DayOutcomes {
  const reading = items.filter((item) => item.set.startsWith('cruxeval'));
  const gains = unseenGains(reading);
  return {
    explain: cells(
      reading.map((item) => ({
        item,
        gain: gains(item),
        ...(item.small.agree08 != null && { check: 'samples-agree', score: item.small.agree08 }),
      })),
    ),
    refactor: cells(
      items
        .filter((item) => item.set === 'humaneval')
        .map((item) => ({
          item,
          ...(item.small.doctest_pass != null && {
            check: 'examples',
            score: rounded(item.small.doctest_pass),
          }),
        })),
    ),
    ask: cells(items.filter((item) => item.set === 'routellm-gsm8k').map((item) => ({ item }))),
  };
}
