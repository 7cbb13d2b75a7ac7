import { usdCents, usdWords } from '../../base/money-words';
import type { BudgetState } from '../../routing/budget';
import type { TrackHealth } from '../../routing/health';

/** Where one kind of request went today, for the tooltip. */
export interface StatusRow {
  readonly label: string;
  readonly requests: number;
  readonly spentUsd: number;
  readonly savedUsd: number;
}

export interface StatusInput {
  readonly demo: boolean;
  readonly offline: boolean;
  /** Requests under way, completions not counted: those come and go with every pause. */
  readonly working: number;
  readonly local: TrackHealth;
  readonly cloud: TrackHealth;
  /** What answers local requests: "Ollama", "the engine inside", "a stand-in model". */
  readonly engine: string;
  /** Ghost text comes from the cache and the instant track alone, since the only local model is busy. */
  readonly completionsWait: boolean;
  readonly snoozedUntil?: number;
  readonly spentUsd: number;
  readonly savedUsd: number;
  /** Requests today whose price is not known. */
  readonly unknownPrices: number;
  readonly budget: BudgetState;
  readonly rows: readonly StatusRow[];
  /** "Ghost text: 62 % from the cache or the workspace, 140 requests avoided". */
  readonly completions?: string;
}

export interface StatusText {
  readonly text: string;
  readonly severity: 'normal' | 'warning' | 'error';
  /** The state in a few words, also for screen readers. */
  readonly state: string;
  readonly accessible: string;
}

/** What the status bar says. One icon for the state, then saved and spent today. */
export function statusText(input: StatusInput): StatusText {
  const { icon, state, severity } = stateOf(input);
  const sums = `${usdCents(input.savedUsd)} saved · ${usdCents(input.spentUsd)} spent`;
  return {
    text: `$(${icon}) ${input.demo ? 'demo · ' : ''}${sums}`,
    state,
    severity,
    accessible: `Switchyard${input.demo ? ' demo' : ''}, ${state}. Today ${usdCents(input.savedUsd)} saved, ${usdCents(input.spentUsd)} spent.`,
  };
}

function stateOf(input: StatusInput): { icon: string; state: string; severity: StatusText['severity'] } {
  if (input.budget.level === 'capped')
    return { icon: 'error', state: 'the budget is used up', severity: 'error' };
  if (input.working > 0) {
    const what = input.working === 1 ? 'one request runs' : `${String(input.working)} requests run`;
    return {
      icon: 'sync~spin',
      state: input.completionsWait ? `${what}; completions from the cache only` : what,
      severity: 'normal',
    };
  }
  if (input.offline)
    return { icon: 'circle-slash', state: 'offline: nothing goes to a cloud', severity: 'normal' };
  if (input.local.kind === 'down')
    return { icon: 'warning', state: `local is down: ${input.local.reason}`, severity: 'warning' };
  if (input.cloud.kind === 'down')
    return { icon: 'warning', state: `the cloud is down: ${input.cloud.reason}`, severity: 'warning' };
  if (input.budget.level === 'warning')
    return { icon: 'warning', state: 'most of the budget is used', severity: 'warning' };
  if (input.snoozedUntil !== undefined)
    return { icon: 'bell-slash', state: 'completions are snoozed', severity: 'normal' };
  if (input.local.kind === 'unconfigured')
    return { icon: 'circle-large-outline', state: input.local.reason, severity: 'normal' };
  return { icon: 'git-merge', state: `ready, local answers from ${input.engine}`, severity: 'normal' };
}

/** The tooltip as lines of Markdown; numbers only, nothing a model or a file could have named. */
export function statusTooltip(input: StatusInput): string {
  const { state } = stateOf(input);
  const lines = [`**Switchyard**${input.demo ? ' (demo: stand-in servers)' : ''}: ${state}`, ''];
  if (input.rows.length > 0) {
    lines.push('| today | requests | spent | saved |', '|:--|--:|--:|--:|');
    for (const row of input.rows) {
      lines.push(
        `| ${row.label} | ${String(row.requests)} | ${usdWords(row.spentUsd)} | ${usdWords(row.savedUsd)} |`,
      );
    }
    lines.push('');
  } else lines.push('No requests yet today.', '');
  if (input.unknownPrices > 0) lines.push(`${String(input.unknownPrices)} of these have no known price.`, '');
  if (input.completions !== undefined) lines.push(input.completions, '');
  const left = budgetLeft(input.budget);
  if (left !== undefined) lines.push(left, '');
  lines.push('Click for the menu.');
  return lines.join('\n');
}

function budgetLeft(budget: BudgetState): string | undefined {
  const part = (cap: number | undefined, spent: number, span: string): string[] =>
    cap === undefined
      ? []
      : [`${usdWords(Math.max(0, cap - spent - budget.reserved))} of ${usdWords(cap)} left ${span}`];
  const parts = [
    ...part(budget.dayCap, budget.spentToday, 'today'),
    ...part(budget.monthCap, budget.spentThisMonth, 'this month'),
  ];
  return parts.length === 0 ? undefined : `Budget: ${parts.join(', ')}.`;
}
