import { parseArgs } from 'node:util';

export interface Args {
  readonly data: string | undefined;
  readonly train: string | undefined;
  readonly json: string | undefined;
  readonly out: string | undefined;
  readonly learn: boolean;
  /** Repeats of five folds; 0: one split, with all there is to say about it. */
  readonly splits: number;
}

export function readArgs(argv: readonly string[]): Args {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ data: string, train: string, json: string, out: string, splits: string },
      learn: { type: 'boolean' },
    },
  });
  return {
    data: values.data,
    train: values.train,
    json: values.json,
    out: values.out,
    learn: values.learn ?? false,
    splits: Number(values.splits ?? 0),
  };
}
