import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached } from '../../host/cache';
import { cleanEnvironment } from '../../host/environment';
import { ProcessError, run, start } from '../../host/process';

const NODE = process.execPath;

describe('the cache clones share', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-cache-'));
    process.env['SWITCHYARD_CACHE'] = folder;
  });
  afterEach(() => {
    delete process.env['SWITCHYARD_CACHE'];
    rmSync(folder, { recursive: true });
  });

  const fill = (text: string) => async (draft: string) => {
    await Promise.resolve();
    writeFileSync(path.join(draft, 'file'), text);
  };

  test('is filled once', async () => {
    await cached('thing-1', fill('first'));
    await cached('thing-1', () => Promise.reject(new Error('filled again')));
    expect(readdirSync(folder)).toEqual(['thing-1']);
  });

  test('two at once end with one whole folder', async () => {
    const [one, two] = await Promise.all([cached('thing-1', fill('a')), cached('thing-1', fill('b'))]);
    expect(one).toBe(two);
    expect(readdirSync(folder)).toEqual(['thing-1']);
  });

  test('a failed filling leaves nothing behind', async () => {
    await expect(cached('thing-1', () => Promise.reject(new Error('no network')))).rejects.toThrow(
      'no network',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('programs we start', () => {
  test('a failure shows the end of what the program said', async () => {
    await expect(run(NODE, ['-e', 'console.error("the reason"); process.exit(3)'])).rejects.toThrow(
      /code 3\nthe reason/,
    );
  });

  test('waiting for a line ends when the program does', async () => {
    const program = start(NODE, ['-e', 'console.log("not that")']);
    await expect(program.waitFor(/listening/, 60_000)).rejects.toThrow(ProcessError);
  });

  test('a program that cannot be started is a failure, not a crash', async () => {
    await expect(run(path.join(tmpdir(), 'no-such-program'), [])).rejects.toThrow(/ENOENT/);
  });

  test('stopping ends the children of what we started too', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const parent = `
      const { spawn } = require('node:child_process');
      console.log('child ' + spawn(process.execPath, ['-e', ${JSON.stringify(child)}]).pid);
      setInterval(() => {}, 1000);`;
    const program = start(NODE, ['-e', parent]);
    const [, pid] = await program.waitFor(/child (\d+)/, 20_000);

    await program.stop();

    // A killed orphan stays in the table until init has seen it; on the way there it answers nothing any more.
    await expect.poll(() => isAlive(Number(pid)), { timeout: 5_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a key or an endpoint in the shell does not reach a test', () => {
  process.env['ANTHROPIC_API_KEY'] = 'from the shell';
  const env = cleanEnvironment({ SWITCHYARD_DEMO_KEY: 'from the test' });
  expect(env['ANTHROPIC_API_KEY']).toBeUndefined();
  expect(env['SWITCHYARD_DEMO_KEY']).toBe('from the test');
  process.env['ANTHROPIC_API_KEY'] = '';
});
