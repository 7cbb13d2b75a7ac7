import * as z from 'zod';
import { gainOfText } from '../../../src/routing/gain/predict';
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

const GAIN_STEP = 0.005;

/** So many times five folds: what a model foretells of an item depends on which others it was trained on. */
const SPLITS = 6;
const FOLDS = 5;

/** Each item with what models that have not seen it foretell by the editor's own rule, once for each split. */
function unseenGains(items: readonly Item[]): { readonly item: Item; readonly gain: number }[] {
  return Array.from({ length: SPLITS }, (_, split) => {
    const fold = foldOfGroup(
      items.map((item) => item.group),
      FOLDS,
      split + 1,
    );
    return Array.from({ length: FOLDS }, (__, left) => {
      const { kinds } = fitPair(items.filter((item) => fold.get(item.group) !== left));
      return items
        .filter((item) => fold.get(item.group) === left)
        .flatMap((item) => {
          const kind = item.asked === undefined ? undefined : kinds[item.asked];
          if (kind === undefined) return [];
          return [
            { item, gain: rounded(Math.round(gainOfText(kind, item.numbers) / GAIN_STEP) * GAIN_STEP) },
          ];
        });
    }).flat();
  }).flat();
}

/**
 * Outcomes of the nearest measured kinds: explanations from reading exercises, refactors from writing exercises,
 * questions from word problems. Nobody has measured the editor's own tasks on both classes of models.
 */
export function summarise(items: readonly Item[]): DayOutcomes {
  const reading = items.filter((item) => item.set.startsWith('cruxeval'));
  return {
    explain: cells(
      unseenGains(reading).map(({ item, gain }) => ({
        item,
        gain,
        ...(item.small.agree08 != null && { check: 'samples-agree', score: item.small.agree08 }),
      })),
    ),
    // No check: the data have nothing of what the editor looks at (does it parse, do the language services object), and
    // the examples they do have are not run in the editor, as nothing is that a model wrote.
    refactor: cells(unseenGains(items.filter((item) => item.set === 'humaneval'))),
    ask: cells(items.filter((item) => item.set === 'routellm-gsm8k').map((item) => ({ item }))),
  };
}
