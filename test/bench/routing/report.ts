import type { LearningReport } from './learning';
import { POLICY_NAMES, type PolicyName } from './policies';
import type { Calibration } from './reliability';
import type { Paired, Score } from './score';

export interface SetReport {
  readonly name: string;
  readonly items: number;
  readonly trainItems: number;
  /** Fields of the set that tell about a local answer. */
  readonly evidence: readonly string[];
  /** Accuracies. */
  readonly small: number;
  readonly large: number;
  /** USD per 1,000 requests, all sent to the cloud. */
  readonly alwaysUsd: number;
  readonly scores: Readonly<Record<PolicyName, Score>>;
  readonly paired: Readonly<Record<string, Paired>>;
  readonly calibration: Calibration | undefined;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`.padStart(6);
const fixed = (value: number): string => value.toFixed(3);
const usd = (value: number): string => value.toFixed(2).padStart(6);

/** One set as a table. "95 %": share of calls with the threshold fixed in training (quality it reached), USD per 1,000. */
export function printSet(report: SetReport): void {
  const { name, items, trainItems, small, large } = report;
  console.log(
    `\n${name}: ${items} items (trained on ${trainItems}); local right ${fixed(small)}, cloud ${fixed(large)}; ` +
      `always cloud ${usd(report.alwaysUsd).trim()} USD per 1,000` +
      (report.evidence.length > 0
        ? `; evidence: ${report.evidence.join(', ')}`
        : '; no evidence, so the cascade reads the prompt'),
  );
  console.log(
    'policy               APGR  (interval)       CPT50  CPT80 | calls (quality) USD at 95 % |           at 99 %',
  );
  for (const policy of POLICY_NAMES) {
    const s = report.scores[policy];
    console.log(
      `${policy.padEnd(20)} ${fixed(s.apgr)} (${fixed(s.apgrLow)}–${fixed(s.apgrHigh)}) ${percent(s.cpt50)} ${percent(s.cpt80)} | ` +
        `${percent(s.calls95)} (${percent(s.quality95).trim()}) ${usd(s.usd95)} | ${percent(s.calls99)} (${percent(s.quality99).trim()}) ${usd(s.usd99)}`,
    );
  }
  for (const [pair, { gain, low, high }] of Object.entries(report.paired)) {
    console.log(`  paired ${pair}: ${gain >= 0 ? '+' : ''}${fixed(gain)} (${fixed(low)} to ${fixed(high)})`);
  }
  if (report.calibration !== undefined) {
    const { local, cloud, map } = report.calibration;
    console.log(
      `  calibration error, held out: local right ${fixed(local)}, cloud right ${fixed(cloud)}` +
        (map === undefined ? '' : `; the shipped map of evidence ${fixed(map)}`),
    );
  }
}

export function printLearning(learning: LearningReport): void {
  console.log(
    `\nlearning from the user, ${learning.users} simulated users, ${learning.requests} requests each:`,
  );
  for (const row of learning.rows) {
    console.log(
      `  ${row.user.padEnd(38)} regret per request: first 50 ${fixed(row.early)}, last 100 ${fixed(row.late)}; ` +
        `without learning ${fixed(row.without)}; best fixed ${fixed(row.best)}; largest shift ${fixed(row.largestShift)}`,
    );
  }
}
