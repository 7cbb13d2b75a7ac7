import { escapeForVsCodeMarkdown } from '../base/markdown-escape';
import type { Ledger } from '../ledger';
import type { LedgerEntry } from '../ledger/entry';
import { explainFigures } from '../ledger/explain-figures';
import { explainOutcome, type WhySection } from '../routing/why';
import type { InfoDocuments } from './info-documents';
import { tell } from './window/message';
import { pick, type Row } from './window/pick';

/** Why a request went where it did, what the checks saw, and how its figures came about. */
function sectionsOf(entry: LedgerEntry): WhySection[] {
  const { spent, baseline, saved } = explainFigures(entry);
  const attemptsUsd = entry.prices.map(({ spentUsd }) => spentUsd);
  return [
    ...explainOutcome(entry.outcome, attemptsUsd),
    { heading: 'Figures', lines: [...spent, baseline, saved] },
  ];
}

/** As plain lines, headings flush left. */
export const whyOf = (entry: LedgerEntry): string[] =>
  sectionsOf(entry).flatMap(({ heading, lines }) => [heading, ...lines.map((line) => `  ${line}`)]);

/** For VS Code's Markdown preview, which wraps and reads well; names of models and files stay plain text. */
const whyMarkdown = (entry: LedgerEntry): string =>
  sectionsOf(entry)
    .map(({ heading, lines }) => [
      `## ${heading}`,
      '',
      ...lines.map((line) => `- ${escapeForVsCodeMarkdown(line)}`),
      '',
    ])
    .flat()
    .join('\n');

interface EntryRow extends Row {
  readonly entry: LedgerEntry;
}

/** Shows why a request went where it did; without an id the user picks one of the last. */
export async function showWhy(ledger: Ledger, info: InfoDocuments, requestId: unknown): Promise<void> {
  const asked = typeof requestId === 'string' ? requestId : undefined;
  const entry = asked === undefined ? await pickEntry(ledger.recent.get()) : ledger.find(asked);
  if (entry !== undefined) await info.preview('Why', whyMarkdown(entry));
  else if (asked !== undefined) tell('info', 'This request is too old to be explained.');
}

async function pickEntry(recent: readonly LedgerEntry[]): Promise<LedgerEntry | undefined> {
  if (recent.length === 0) {
    tell('info', 'There are no requests yet. Explain some code, or wait for a completion.');
    return undefined;
  }
  const rows = recent.map((entry): EntryRow => {
    const { task, at, attempts, result } = entry.outcome;
    const model = attempts.at(-1)?.model.id ?? 'no model';
    return {
      label: `${task}: ${result.kind}`,
      description: `${model}, ${new Date(at).toLocaleTimeString()}`,
      entry,
    };
  });
  const options = {
    title: 'Why did this go there?',
    placeHolder: 'Choose a request',
    matchOnDescription: true,
  };
  return (await pick(rows, options))?.entry;
}
