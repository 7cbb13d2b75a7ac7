import { expect, it } from 'vitest';
import { brokenPromises } from '../../bench/soak/report';
import { soak } from '../../bench/soak/soak';

// The short form of `npm run soak`; a hundred thousand requests in four windows take minutes.
it('two windows on faulty servers and disks lose nothing, leave nothing and are billed what they say', async () => {
  const findings = await soak({ requests: 600, faults: 0.2, seed: 4, windows: 2 });
  expect(brokenPromises(findings)).toEqual([]);
  expect(findings.report).toMatchObject({
    requests: 600,
    outcomes: 600,
    lost: 0,
    duplicated: 0,
    unclosed: 0,
    unhandled: 0,
    leaked: 0,
  });
  // It says nothing where nothing went wrong, or nothing was billed.
  expect(Object.keys(findings.faults).length).toBeGreaterThan(8);
  expect(findings.report.billedUsd).toBeGreaterThan(0.05);
}, 240_000);
