/**
 * Measures what share of completions is answered without waiting, for `at-once.json`:
 *
 *   node scripts/run-ts.mjs test/bench/day/measure-completions.ts [COUNT]
 *
 * Replays the traces of `bench:completion` with the paces of the local models that the day is simulated with.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { switchyard } from '../completion/policies/switchyard';
import type { PolicyFactory } from '../completion/policies/policy';
import { replay } from '../completion/sim/replay';
import { generateTraces } from '../completion/traces/generate';
import { OWN_MACHINE, PUBLISHED, type Speed } from './speeds';

/** As `bench:completion` has them. */
const [ACCURACY, MS_PER_FRESH_TOKEN] = [0.8, 0.5];

interface Count {
  asked: number;
  atOnce: number;
}

/**
 * Counts asks with nothing on the screen: typing along a suggestion needs no new one in any tool. An ask that a
 * further key overtakes counts as not answered; one that the engine itself makes when an answer has come, not at all.
 */
function counted(factory: PolicyFactory, count: Count): PolicyFactory {
  return (context) => {
    let shown = '';
    let isRefresh = false;
    const policy = factory({
      ...context,
      askAgain: () => {
        isRefresh = true;
        context.askAgain();
        isRefresh = false;
      },
    });
    return {
      ...policy,
      edited: (edit) => {
        const follows = edit.deleted === 0 && shown.startsWith(edit.inserted);
        shown = follows ? shown.slice(edit.inserted.length) : '';
        policy.edited?.(edit);
      },
      caretMoved: () => {
        shown = '';
        policy.caretMoved?.();
      },
      async provide() {
        const counts = !isRefresh && shown === '';
        const asked = context.clock.now();
        const [document, caret] = [context.document(), context.caret()];
        if (counts) count.asked++;
        const text = await policy.provide();
        if (document !== context.document() || caret !== context.caret()) return text;
        shown = text ?? '';
        if (counts && shown !== '' && context.clock.now() === asked) count.atOnce++;
        return text;
      },
    };
  };
}

const traces = await generateTraces(path.resolve('node_modules'), Number(process.argv[2] ?? 96), 1);

async function shareAt({ firstTokenMs, msPerToken }: Speed): Promise<number> {
  const server = { ttft: firstTokenMs, perToken: msPerToken, perFreshToken: MS_PER_FRESH_TOKEN };
  const count = { asked: 0, atOnce: 0 };
  for (const trace of traces) await replay(trace, counted(switchyard, count), server, ACCURACY);
  console.log(`${firstTokenMs} ms, ${msPerToken} ms a token: ${count.atOnce} of ${count.asked} at once`);
  return Number((count.atOnce / count.asked).toFixed(2));
}

const about =
  `Share of completions asked for with nothing on the screen that the engine answers in the same instant, from the ` +
  `workspace or from what it has. ${traces.length} generated traces, at the day's local paces: ` +
  `node scripts/run-ts.mjs test/bench/day/measure-completions.ts`;
const shares = {
  published: await shareAt(PUBLISHED.localSmall),
  ownMachine: await shareAt(OWN_MACHINE.localSmall),
};
writeFileSync(
  new URL('./at-once.json', import.meta.url),
  `${JSON.stringify({ about, ...shares }, null, 1)}\n`,
);
