import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FEATURE_NAMES } from '../../../src/routing/gain/features';
import type { KindModel } from '../../../src/routing/gain/pair-model';
import { summarise } from '../day/outcomes';
import { readArgs } from './args';
import { agreementOf, examplesOf, risingMap, thresholdKeeping } from './fit-measured';
import { fitPair, RIDGE } from './fit-pair';
import { readSets, SHIPPABLE, type ItemSet } from './items';

/** Four digits carry more than the data do, and keep the file small. */
const rounded = (values: readonly number[]): number[] => values.map((value) => Number(value.toPrecision(4)));

const roundedKind = (kind: KindModel): KindModel => ({
  local: rounded(kind.local),
  cloud: rounded(kind.cloud),
  mean: rounded(kind.mean),
  spread: rounded(kind.spread),
  meanGain: Number(kind.meanGain.toPrecision(4)),
  items: kind.items,
});

const provenance = (sets: readonly ItemSet[]): object[] =>
  sets.map((set) => ({
    set: set.name,
    items: set.items.length,
    local: set.pair.small,
    cloud: set.pair.large,
    licence: SHIPPABLE[set.name],
  }));

const DAY =
  'What bench:day draws from: per group of items that looked alike to the router, how many there were and how often each model was right. Sums over items, no item of the data.';

/** Share of the always-cloud quality that each target keeps. */
const KEEPS = { thrifty: 0.9, balanced: 0.96, best: 0.99 } as const;

/** What evidence about a local answer was worth, and the thresholds that follow. */
function measured(sets: readonly ItemSet[]): object {
  const named = (start: string): ItemSet[] => sets.filter((set) => set.name.startsWith(start));
  const reading = named('cruxeval').flatMap((set) => set.items);
  const writing = named('humaneval').flatMap((set) => set.items);
  const agreement = risingMap(agreementOf(reading), 10);
  const examples = risingMap(examplesOf(writing), 2);
  const right = (items: typeof reading): number =>
    Number((items.reduce((sum, item) => sum + item.small.p, 0) / items.length).toFixed(3));
  const keeping = (quality: number): { explain: number; refactor: number } => ({
    explain: thresholdKeeping(agreementOf(reading), agreement, quality),
    refactor: thresholdKeeping(examplesOf(writing), examples, quality),
  });
  return {
    about: {
      what: 'How often local answers were right whose ten samples at temperature 0.8 agreed by this share (samples-agree), or of whose examples this share held (examples); the confidence under which to escalate to keep 90, 96 or 99 % of the quality of the cloud. Sums over items, no item of the data.',
      madeBy: 'npm run train:routing',
      trainedOn: provenance([...named('cruxeval'), ...named('humaneval')]),
    },
    maps: { 'samples-agree': agreement, examples },
    localRight: { explain: right(reading), refactor: right(writing) },
    thresholds: {
      thrifty: keeping(KEEPS.thrifty),
      balanced: keeping(KEEPS.balanced),
      best: keeping(KEEPS.best),
    },
  };
}

/** Trains the weights that ship, on nothing but sets whose licences allow it, and writes them. */
function main(): void {
  const args = readArgs(process.argv.slice(2));
  if (args.data === undefined) throw new Error('usage: npm run train:routing -- --data DIR [--out FOLDER]');
  const sets = readSets(args.data, (message) => console.warn(message)).filter((set) => set.name in SHIPPABLE);
  const missing = Object.keys(SHIPPABLE).filter((name) => !sets.some((set) => set.name === name));
  if (missing.length > 0) throw new Error(`not in ${args.data}: ${missing.join(', ')}`);
  const model = fitPair(sets.flatMap((set) => set.items));
  const file = {
    about: {
      what: 'Chance of a right answer of a local-class and of a cloud-class model, per kind of request: logistic models over shape features of the prompt. Holds weights alone, no item of the data.',
      madeBy: 'npm run train:routing',
      ridge: RIDGE,
      trainedOn: provenance(sets),
    },
    features: FEATURE_NAMES,
    kinds: Object.fromEntries(
      Object.entries(model.kinds).map(([asked, kind]): [string, KindModel] => [asked, roundedKind(kind)]),
    ),
  };
  const folder = args.out ?? fileURLToPath(new URL('../../../src/routing', import.meta.url));
  write(path.join(folder, 'gain/weights.json'), file);
  write(path.join(folder, 'confidence/measured.json'), measured(sets));
  const day = {
    about: { what: DAY, madeBy: 'npm run train:routing', from: provenance(sets) },
    ...summarise(sets.flatMap((set) => set.items)),
  };
  write(
    args.out === undefined
      ? fileURLToPath(new URL('../day/outcomes.json', import.meta.url))
      : path.join(folder, 'day-outcomes.json'),
    day,
  );
  for (const set of sets)
    console.log(`  ${set.name}: ${set.items.length} items, ${set.pair.small} -> ${set.pair.large}`);
}

function write(file: string, content: object): void {
  const text = `${JSON.stringify(content)}\n`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${file}: ${(text.length / 1024).toFixed(0)} kB`);
}

main();
