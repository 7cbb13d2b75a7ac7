import type { Clock } from '../../../src/base/clock';

export interface TestClock extends Clock {
  /** Lets time pass, running what falls due. */
  advance(ms: number): void;
  /** Sets the wall clock alone, as a user or a time server does. */
  jump(to: number): void;
  readonly timers: number;
}

/** Time that stands still until a test moves it. */
export function testClock(start: number): TestClock {
  let wall = start;
  let passed = 0;
  let due: { at: number; task: () => void }[] = [];
  return {
    now: () => wall,
    monotonic: () => passed,
    after(ms, task) {
      const timer = { at: passed + ms, task };
      due.push(timer);
      return () => {
        due = due.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const until = passed + ms;
      for (;;) {
        const [next] = due.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        due = due.filter((other) => other !== next);
        wall += next.at - passed;
        passed = next.at;
        next.task();
      }
      wall += until - passed;
      passed = until;
    },
    jump(to) {
      wall = to;
    },
    get timers() {
      return due.length;
    },
  };
}
