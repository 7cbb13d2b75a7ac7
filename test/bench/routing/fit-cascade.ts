import { linear, sigmoid, standardise, type KindModel } from '../../../src/routing/gain/pair-model';
import { spreadOf } from './fit-pair';
import type { Item } from './items';
import { fitLogistic } from './logistic';

/** What a local answer brings with it, as numbers; undefined where this item has no such evidence. */
type Reading = (item: Item) => number | undefined;

interface Column {
  readonly name: string;
  readonly read: Reading;
  /** Weight of the standardised value for "the local answer is right" to suppose before any data; 0 if absent. */
  readonly supposed?: number;
}

const known = (value: number | null | undefined): number | undefined => value ?? undefined;
const of = (read: Reading, change: (value: number) => number): Reading => {
  return (item) => {
    const value = read(item);
    return value === undefined ? undefined : change(value);
  };
};

const agree: Reading = (item) => known(item.small.agree);
const agree08: Reading = (item) => known(item.small.agree08);
const examples: Reading = (item) => known(item.small.doctest_pass);
const logprob: Reading = (item) => known(item.small.conf_logprob);
const second: Reading = (item) => known(item.second?.agree08);
const secondSteady: Reading = (item) => known(item.second?.agree);
/** The sets hold the length of each model's answer and not its text, so equal length stands for the same answer. */
const secondSame: Reading = (item) => {
  const [own, other] = [item.small.answer_chars, item.second?.answer_chars];
  return own == null || other == null ? undefined : own === other ? 1 : 0;
};

/**
 * That agreeing samples and holding examples speak for an answer is known before any data: small sets start there
 * instead of at nothing. 0.3 to 0.5 add 0.01 APGR on 50 to 250 items and make no difference on more.
 */
const SUPPOSED = 0.3;

const isWhole = (share: number): number => (share > 0.999 ? 1 : 0);

/** Few columns: with squares and steps of each, 0.622 instead of 0.628 APGR on cruxeval-output. */
const OWN: readonly Column[] = [
  { name: 'samples at 0.8 agree', read: agree08, supposed: SUPPOSED },
  { name: 'samples at 0.8 all agree', read: of(agree08, isWhole) },
  { name: 'samples at 0.2 agree', read: agree, supposed: SUPPOSED },
  { name: 'examples hold', read: examples, supposed: SUPPOSED },
  { name: 'probability', read: of(logprob, Math.exp) },
  { name: 'surprise, root', read: of(logprob, (v) => Math.sqrt(Math.max(0, -v))) },
  { name: 'surprise, log', read: of(logprob, (v) => Math.log(Math.max(1e-4, -v))) },
];
const SECOND: readonly Column[] = [
  { name: 'second model agrees with itself', read: second, supposed: SUPPOSED },
  { name: 'second model agrees with itself, at 0.2', read: secondSteady, supposed: SUPPOSED },
  { name: 'both models answer alike', read: secondSame, supposed: SUPPOSED },
];

export interface CascadeOptions {
  /** Also ask a second local model, where the set has one. */
  readonly second: boolean;
  readonly ridge: number;
  readonly evidenceRidge: number;
}

export const CASCADE: CascadeOptions = { second: true, ridge: 300, evidenceRidge: 10 };

interface Cascade {
  readonly scale: Pick<KindModel, 'mean' | 'spread'>;
  readonly columns: readonly Column[];
  readonly means: readonly number[];
  readonly spreads: readonly number[];
  readonly local: readonly number[];
  readonly cloud: readonly number[];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);

function rowOf(cascade: Omit<Cascade, 'local' | 'cloud'>, item: Item): Float64Array {
  const z = standardise(cascade.scale, item.numbers);
  const row = new Float64Array(z.length + cascade.columns.length);
  row.set(z);
  cascade.columns.forEach((column, i) => {
    const value = column.read(item);
    // Evidence that is missing says nothing, which is what the mean says.
    row[z.length + i] =
      value === undefined ? 0 : (value - (cascade.means[i] ?? 0)) / (cascade.spreads[i] ?? 1);
  });
  return row;
}

function fitOne(items: readonly Item[], options: CascadeOptions): Cascade {
  const scale = spreadOf(items);
  const offered = [...OWN, ...(options.second ? SECOND : [])].flatMap((column) => {
    const values = items.flatMap((item) => column.read(item) ?? []);
    const middle = mean(values);
    const spread = Math.sqrt(mean(values.map((v) => (v - middle) ** 2)));
    return values.length < 10 || spread < 1e-6 ? [] : [{ column, middle, spread }];
  });
  const frame = {
    scale,
    columns: offered.map(({ column }) => column),
    means: offered.map(({ middle }) => middle),
    spreads: offered.map(({ spread }) => spread),
  };
  const rows = items.map((item) => rowOf(frame, item));
  const penalties = [...scale.mean.map(() => options.ridge), ...offered.map(() => options.evidenceRidge)];
  return {
    ...frame,
    local: fitLogistic(
      rows,
      items.map((item) => item.small.p),
      penalties,
      [...scale.mean.map(() => 0), ...offered.map(({ column }) => column.supposed ?? 0)],
    ),
    cloud: fitLogistic(
      rows,
      items.map((item) => item.large.p),
      penalties,
    ),
  };
}

export interface CascadePrediction {
  /** Chances of a right answer, given what the local answer looked like. */
  readonly local: number;
  readonly cloud: number;
}

/** Whether an item comes with anything but its prompt. */
export const hasEvidence = (item: Item): boolean => OWN.some(({ read }) => read(item) !== undefined);

/** Learns, per kind, what evidence and prompt together say about both models. */
export function fitCascade(items: readonly Item[], options = CASCADE): (item: Item) => CascadePrediction {
  const kinds = new Map(
    [...new Set(items.map((item) => item.kind))].map((kind) => [
      kind,
      fitOne(
        items.filter((i) => i.kind === kind),
        options,
      ),
    ]),
  );
  return (item) => {
    const cascade = kinds.get(item.kind);
    if (cascade === undefined) return { local: 0.5, cloud: 0.5 };
    const row = rowOf(cascade, item);
    return { local: sigmoid(linear(cascade.local, row)), cloud: sigmoid(linear(cascade.cloud, row)) };
  };
}
