import { escapeForVsCodeMarkdown } from '../../base/markdown-escape';
import { usdCents, usdWords } from '../../base/money-words';
import { capsLeft } from '../../dashboard/budget-left';
import type { BudgetState } from '../../routing/budget';
import type { SeenHealth } from '../../routing/health';

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
  readonly local: SeenHealth;
  readonly cloud: SeenHealth;
  /** What answers local requests: "Ollama", "the engine inside", "a stand-in model". */
  readonly engine: string;
  /** That only stands in for a real model. */
  readonly standIn: boolean;
  /** Ghost text comes from the cache and the instant track alone, since the only local model is busy. */
  readonly completionsWait: boolean;
  readonly snoozedUntil?: number;
  readonly spentUsd: number;
  readonly savedUsd: number;
  /** Requests today whose price is not known. */
  readonly unknownPrices: number;
  readonly budget: BudgetState;
  /** Why completions fail and will go on failing, in a sentence. */
  readonly completionsTrouble?: string;
  /** Where the next request is told to go. */
  readonly next: 'auto' | 'local' | 'cloud';
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

/** What the status bar says: the state's icon, a word where it is not as usual, then saved and spent today. */
export function statusText(input: StatusInput): StatusText {
  const { icon, state, severity, word } = stateOf(input);
  const next = input.next === 'auto' ? undefined : `next request: ${input.next}`;
  const sums = `${usdCents(input.savedUsd)} saved · ${usdCents(input.spentUsd)} spent`;
  const parts = [input.demo ? 'demo' : undefined, word, next, sums].filter((part) => part !== undefined);
  return {
    text: `$(${icon}) ${parts.join(' · ')}`,
    state,
    severity,
    accessible: `Switchyard${input.demo ? ' demo' : ''}, ${state.replace(/\.$/, '')}${next === undefined ? '' : `, ${next}`}. Today ${usdCents(input.savedUsd)} saved, ${usdCents(input.spentUsd)} spent.`,
  };
}

interface Shown {
  readonly icon: string;
  /** In the status bar itself; absent where all is as usual. */
  readonly word?: string;
  readonly state: string;
  readonly severity: StatusText['severity'];
}

function stateOf(input: StatusInput): Shown {
  if (input.budget.level === 'capped')
    return { icon: 'error', word: 'budget used up', state: 'the budget is used up', severity: 'error' };
  if (input.working > 0) {
    const what = input.working === 1 ? 'one request runs' : `${String(input.working)} requests run`;
    return {
      icon: 'sync~spin',
      word: 'working',
      state: input.completionsWait ? `${what}; completions from the cache only` : what,
      severity: 'normal',
    };
  }
  const state = 'offline: nothing goes to a cloud';
  if (input.offline) return { icon: 'circle-slash', word: 'offline', state, severity: 'normal' };
  return troubleOf(input) ?? calm(input);
}

function troubleOf(input: StatusInput): Shown | undefined {
  const warning = (word: string, state: string): Shown => ({
    icon: 'warning',
    word,
    state,
    severity: 'warning',
  });
  if (input.local.kind === 'down') return warning('local down', `local is down: ${input.local.reason}`);
  if (input.completionsTrouble !== undefined)
    return warning('completions fail', `completions fail: ${input.completionsTrouble}`);
  if (input.cloud.kind === 'down') return warning('cloud down', `the cloud is down: ${input.cloud.reason}`);
  if (input.budget.level === 'warning') return warning('budget low', 'most of the budget is used');
  return undefined;
}

function calm({ snoozedUntil, local, engine, standIn }: StatusInput): Shown {
  if (snoozedUntil !== undefined)
    return { icon: 'bell-slash', word: 'snoozed', state: 'completions are snoozed', severity: 'normal' };
  if (local.kind === 'unconfigured')
    return {
      icon: 'circle-large-outline',
      word: 'instant only',
      state: `ghost text comes from the workspace alone: ${local.reason}`,
      severity: 'normal',
    };
  const state = standIn
    ? `ready, but local answers come from ${engine} and are poor: the menu has a real one to download`
    : `ready, local answers from ${engine}`;
  return { icon: 'git-merge', ...engineWord(engine), state, severity: 'normal' };
}

/** What answers, where it is not Ollama: "engine inside", "stand-in model". */
const engineWord = (engine: string): { readonly word?: string } =>
  engine.startsWith('Ollama') ? {} : { word: engine.replace(/^(the|a) /, '') };

/** The tooltip as lines of Markdown; what a server may have named stands in it as plain text. */
export function statusTooltip(input: StatusInput): string {
  const { state } = stateOf(input);
  const lines = [
    `**Switchyard**${input.demo ? ' (demo: stand-in servers)' : ''}: ${escapeForVsCodeMarkdown(state)}`,
    '',
  ];
  if (input.next !== 'auto') lines.push(`Next request: ${input.next}.`, '');
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
  const left = capsLeft(input.budget).map(({ words }) => words);
  if (left.length > 0) lines.push(`Budget: ${left.join(', ')}.`, '');
  lines.push('Click for the menu.');
  return lines.join('\n');
}
