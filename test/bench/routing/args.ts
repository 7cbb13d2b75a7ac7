import { parseArgs } from 'node:util';

export interface Args {
  readonly data: string | undefined;
  readonly train: string | undefined;
  readonly json: string | undefined;
  readonly out: string | undefined;
  readonly learn: boolean;
}

export function readArgs(argv: readonly string[]): Args {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { data: string, train: string, json: string, out: string, learn: { type: 'boolean' } },
  });
  return {
    data: values.data,
    train: values.train,
    json: values.json,
    out: values.out,
    learn: values.learn ?? false,
  };
}
