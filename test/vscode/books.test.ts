import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileUri, open, write } from './support/editor';
import { extension, run } from './support/extension';
import { extensionLog, filesOfRun, filesWith } from './support/traces';
import { until } from './support/until';
import { Yard } from './support/yard';

const STORAGE = /globalStorage.switchyard\.switchyard/;
const EVERYTHING = /./;
const marker = (): string => `marker${Math.random().toString(36).slice(2)}`;

describe('the books', () => {
  let yard: Yard;
  const key = `sk-ant-${marker()}`;
  before(async () => {
    yard = await Yard.open({ key: false });
    await yard.giveKey(key);
  });
  after(() => yard.close());
  afterEach(() => yard.tidyUp());

  it('hold each outcome, on disk as soon as it is heard of', async () => {
    await open('shop/money.ts', 'export const percent');
    await run('explain');
    const id = yard.outcomes.last?.requestId ?? 'none';

    await until('the entry', () => filesWith(id, STORAGE).length > 0);

    const [file = ''] = filesWith(id, STORAGE);
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((text) => text.includes(id));
    assert.match(line ?? '', /"explain"/);
  });

  it('hold no code, no prompt and no answer, nor does the log', async () => {
    const [code, question, answer, secret] = [marker(), marker(), marker(), marker()];
    yard.local = () => `It is ${answer}.`;
    yard.cloud = () => `It is ${answer}.`;
    const file = await write('shop/marked.ts', `export const ${code} = '${secret}';\n`);
    await open(file, code);
    await run('explain');
    await run('nextCloud');
    await run('explain');
    await run('refactor.simplify');
    yard.person.answers(/^Ask about/, `What is ${question}?`);
    await run('ask', undefined, [file, fileUri('shop/cart.ts')]);
    const id = yard.outcomes.last?.requestId ?? 'none';
    await until('the last entry', () => filesWith(id, STORAGE).length > 0);

    assert.ok(filesOfRun(STORAGE).length > 0);
    for (const mark of [code, question, answer, secret]) {
      assert.deepEqual(filesWith(mark, STORAGE), [], mark);
      assert.ok(!extensionLog().includes(mark), mark);
    }
  });

  it('know the key neither in settings nor in logs nor anywhere else on the disk', async () => {
    await open('shop/money.ts', 'export const percent');
    yard.claude.faults.next({ kind: 'status', status: 401 });
    await run('nextCloud');
    await run('explain');
    const sentWith = yard.claude.requests.map(({ headers }) => headers.authorization ?? headers['x-api-key']);
    assert.deepEqual([...new Set(sentWith)], [`Bearer ${key}`]);

    assert.deepEqual(filesWith(key, EVERYTHING), []);
    assert.ok(!JSON.stringify(await (await extension().activate()).stats()).includes(key));
  });

  it('agree with the bill of the server', async () => {
    const before = (await (await extension().activate()).stats()).all.spent.usd;
    const billed = yard.claude.bill.totalUsd;
    await open('shop/money.ts', 'export const percent');

    for (let count = 0; count < 3; count += 1) {
      await run('nextCloud');
      await run('explain');
    }

    const spent = (await (await extension().activate()).stats()).all.spent.usd - before;
    assert.ok(spent > 0);
    assert.equal(spent.toFixed(9), (yard.claude.bill.totalUsd - billed).toFixed(9));
  });
});
