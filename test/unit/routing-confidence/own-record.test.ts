import { describe, expect, test } from 'vitest';
import {
  inspectRecord,
  NO_RECORD,
  ownChance,
  readOwnRecord,
  recordVerdict,
  type OwnRecord,
} from '../../../src/routing/confidence/own-record';

const judged = (kept: number, lost: number, confidence = 0.7): OwnRecord => {
  let record = NO_RECORD;
  for (let i = 0; i < kept; i++) record = recordVerdict(record, 'explain', confidence, 'accepted');
  for (let i = 0; i < lost; i++) record = recordVerdict(record, 'explain', confidence, 'rejected');
  return record;
};

describe("the user's own record", () => {
  test('is read as it was written', () => {
    const record = judged(30, 20);
    expect(readOwnRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(ownChance(record, 'explain', 0.7)?.answers).toBe(50);
  });

  test.each([undefined, 'a', [], { version: 2, tasks: {} }, { version: 1, tasks: [] }])(
    'is empty where something else was written: %j',
    (written) => expect(readOwnRecord(written)).toEqual(NO_RECORD),
  );

  test('loses no more than the tasks whose counts make no sense', () => {
    const { explain } = judged(3, 1).tasks;
    const tasks = {
      explain,
      refactor: [{ seen: 1, good: 1 }],
      ask: [0, 1, 2, 3, 4].map(() => ({ seen: 1, good: 2 })),
      constructor: explain,
    };
    expect(readOwnRecord({ version: 1, tasks })).toEqual({ version: 1, tasks: { explain } });
  });

  test('can be read by the user', () => {
    expect(inspectRecord(judged(3, 1))).toEqual(['explanations with a score of 0.6 to 0.8: 75 % kept of 4']);
    expect(inspectRecord(NO_RECORD)).toEqual([]);
  });
});
