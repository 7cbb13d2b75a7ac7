/** What `--json` writes down. Amounts in USD. */
export interface SoakReport {
  readonly requests: number;
  /** Requests with an entry in the ledger. */
  readonly outcomes: number;
  /** Requests without one. */
  readonly lost: number;
  /** Requests with a second outcome or entry, or sent to the cloud again where the first sending may have been billed. */
  readonly duplicated: number;
  /** By the Claude server's own bill, for calls that ended. */
  readonly billedUsd: number;
  readonly ledgerUsd: number;
  /** The same for calls that were broken off: billed by what the server did, and as the ledger estimates it. */
  readonly abortedBilledUsd: number;
  readonly abortedLedgerUsd: number;
  /** Given-up calls whose connection stayed open at the server. */
  readonly unclosed: number;
  /** Unhandled rejections, uncaught errors and warnings of Node, over all windows. */
  readonly unhandled: number;
  /** Timers, sockets, files, watchers and running requests left behind by closed windows. */
  readonly leaked: number;
  /** Heap at the end over heap after the first tenth, of the window where it is most. */
  readonly heapGrowth: number;
}

/** What a soak found beside the figures of its report. */
export interface SoakFindings {
  readonly report: SoakReport;
  /** Windows whose figures differ from those of a window opened afterwards, each with what differs, in words. */
  readonly windowsThatDiffer: readonly string[];
  /** Cloud prompts with text of a file that must not leave, and prompts that lost their id. */
  readonly privateTextSent: number;
  readonly unmarked: number;
  readonly seconds: number;
  readonly results: Readonly<Record<string, number>>;
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>;
  readonly left: readonly string[];
  /** Calls whose connection stayed open. */
  readonly stillOpen: readonly string[];
  readonly heapBytes: number;
}

/** Half a cent: two sums that differ by less are the same to the cent. */
const HALF_A_CENT = 0.005;
const ABORTED_WITHIN = 0.25;
/** Heap noise of a garbage-collected process. */
const FLAT = 1.1;
/** Before so many requests a window's caches and compiled code still fill up, and memory says nothing about leaks. */
const ENOUGH_FOR_MEMORY = 10_000;
/** An amount this small is a handful of calls: its share says nothing. In USD. */
const ENOUGH_FOR_A_SHARE = 0.05;

/** Every promise that was broken, in words; empty when all held. */
export function brokenPromises({ report, ...found }: SoakFindings): string[] {
  const { abortedBilledUsd: billed, abortedLedgerUsd: estimated } = report;
  const checks: readonly (readonly [boolean, string])[] = [
    [report.lost === 0, `${report.lost} requests have no outcome`],
    [report.duplicated === 0, `${report.duplicated} requests have two outcomes or may be billed twice`],
    [
      Math.abs(report.billedUsd - report.ledgerUsd) < HALF_A_CENT,
      `the server billed ${report.billedUsd} USD for calls that ended, the ledger says ${report.ledgerUsd}`,
    ],
    [
      billed < ENOUGH_FOR_A_SHARE || Math.abs(estimated / billed - 1) <= ABORTED_WITHIN,
      `the server billed ${billed} USD for aborted calls, the ledger estimates ${estimated}`,
    ],
    [
      report.unclosed === 0,
      `${report.unclosed} given-up calls stayed open at the server: ${found.stillOpen.join(', ')}`,
    ],
    [report.unhandled === 0, `${report.unhandled} rejections, errors or warnings that nobody handled`],
    [report.leaked === 0, `left behind: ${found.left.join(', ')}`],
    [
      report.requests < ENOUGH_FOR_MEMORY || report.heapGrowth <= FLAT,
      `the heap grew to ${report.heapGrowth.toFixed(2)} times what it was after the first tenth`,
    ],
    [
      found.windowsThatDiffer.length === 0,
      `windows show other totals than the ledger: ${found.windowsThatDiffer.join('; ')}`,
    ],
    [found.privateTextSent === 0, `${found.privateTextSent} cloud prompts held text that must not leave`],
    [found.unmarked === 0, `${found.unmarked} prompts came out without their id`],
  ];
  return checks.filter(([held]) => !held).map(([, words]) => words);
}

/** For people. */
export function inWords({ report, seconds, results, faults, heapBytes }: SoakFindings): string {
  const usd = (amount: number): string => amount.toFixed(6);
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const aborted = report.abortedLedgerUsd / report.abortedBilledUsd;
  return [
    `${report.requests} requests in ${seconds.toFixed(0)} s: ${report.outcomes} outcomes, ${report.lost} lost, ${report.duplicated} duplicated`,
    `ended calls: billed ${usd(report.billedUsd)} USD, ledger ${usd(report.ledgerUsd)} USD`,
    `aborted calls: billed ${usd(report.abortedBilledUsd)} USD, ledger ${usd(report.abortedLedgerUsd)} USD (${(100 * aborted).toFixed(1)} %)`,
    `unclosed ${report.unclosed}, unhandled ${report.unhandled}, leaked ${report.leaked}, heap ${(heapBytes / 2 ** 20).toFixed(0)} MiB, ${report.heapGrowth.toFixed(3)} times the heap after the first tenth`,
    `outcomes: ${list(results)}`,
    `${struck} faults struck: ${list(faults)}`,
  ].join('\n');
}
