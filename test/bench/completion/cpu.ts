import { createCompletionEngine } from '../../../src/completion/engine';
import { percentile } from './metrics';
import { VirtualClock } from './sim/virtual-clock';

const KEYS = 400;
const WARM_UP = 100;
const TYPED = 'const answer = compute(first, second);\n';

/**
 * Real milliseconds the engine takes for one key in a document of `lines` lines: the edit and the question
 * that follows, with the model answering at once. The 95th percentile of 300 keys.
 */
export async function cpuP95Ms(lines: number): Promise<number> {
  const clock = new VirtualClock();
  const engine = createCompletionEngine({
    clock,
    model: {
      async *complete() {
        yield await Promise.resolve('value = compute(');
        yield 'first, second);';
      },
    },
  });
  const text = Array.from({ length: lines }, (_, i) => `  const item${i % 500} = read(source, ${i});`).join(
    '\n',
  );
  let offset = text.indexOf('\n', Math.floor(text.length / 2));
  engine.openDocument({ id: 'a', path: 'a.ts', languageId: 'typescript', text });
  await clock.runUntil(10_000);
  engine.moveCaret('a', offset);
  const times: number[] = [];
  for (let i = 0; i < KEYS; i++) {
    const inserted = TYPED.charAt(i % TYPED.length);
    const startedAt = performance.now();
    engine.changeDocument('a', [{ offset, deleted: 0, inserted }]);
    engine.suggest({ documentId: 'a', offset: offset + 1, trigger: 'automatic' });
    times.push(performance.now() - startedAt);
    offset++;
    await clock.runUntil(clock.now() + 120);
  }
  engine.dispose();
  return percentile(times.slice(WARM_UP), 0.95);
}
