import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FEATURE_NAMES } from '../../../src/routing/gain/features';
import type { KindModel } from '../../../src/routing/gain/pair-model';
import { readArgs } from './args';
import { fitPair, RIDGE } from './fit-pair';
import { readSets, SHIPPABLE } from './items';

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

/** Trains the weights that ship, on nothing but sets whose licences allow it, and writes them. */
function main(): void {
  const args = readArgs(process.argv.slice(2));
  if (args.data === undefined) throw new Error('usage: npm run train:routing -- --data DIR [--out FILE]');
  const sets = readSets(args.data, (message) => console.warn(message)).filter((set) => set.name in SHIPPABLE);
  const missing = Object.keys(SHIPPABLE).filter((name) => !sets.some((set) => set.name === name));
  if (missing.length > 0) throw new Error(`not in ${args.data}: ${missing.join(', ')}`);
  const model = fitPair(sets.flatMap((set) => set.items));
  const file = {
    about: {
      what: 'Chance of a right answer of a local-class and of a cloud-class model, per kind of request: logistic models over shape features of the prompt. Holds weights alone, no item of the data.',
      madeBy: 'npm run train:routing',
      ridge: RIDGE,
      trainedOn: sets.map((set) => ({
        set: set.name,
        items: set.items.length,
        local: set.pair.small,
        cloud: set.pair.large,
        licence: SHIPPABLE[set.name],
      })),
    },
    features: FEATURE_NAMES,
    kinds: Object.fromEntries(
      Object.entries(model.kinds).map(([asked, kind]): [string, KindModel] => [asked, roundedKind(kind)]),
    ),
  };
  const out = args.out ?? fileURLToPath(new URL('../../../src/routing/gain/weights.json', import.meta.url));
  const text = `${JSON.stringify(file)}\n`;
  writeFileSync(out, text);
  console.log(`${out}: ${(text.length / 1024).toFixed(0)} kB`);
  for (const set of file.about.trainedOn)
    console.log(`  ${set.set}: ${set.items} items, ${set.local} -> ${set.cloud}`);
}

main();
