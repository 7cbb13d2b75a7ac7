import type { JSX } from 'preact';
import { usdWords } from '../../base/money-words';
import type { RangeStats } from '../../ledger/stats/stats';
import type { BudgetState } from '../../routing/budget';
import type { Act } from '../act';
import { amountNotes, amountWords, countWords } from '../figures';
import { BudgetCard } from './budget-card';

interface HeadlineProps {
  readonly stats: RangeStats;
  readonly budget: BudgetState;
  readonly act: Act;
}

/** What one looks for at a glance: saved, spent, and what is left. */
export const Headline = ({ stats, budget, act }: HeadlineProps): JSX.Element => (
  <div class="headline">
    <dl class="cards">
      <Card
        kind="saved"
        title="Saved"
        value={amountWords(stats.saved)}
        notes={[...amountNotes(stats.saved), ...(stats.saved.usd < 0 ? ['more was spent than saved'] : [])]}
      />
      <Card kind="spent" title="Spent" value={amountWords(stats.spent)} notes={amountNotes(stats.spent)} />
      <Card
        kind="baseline"
        title="Without local models"
        value={amountWords(stats.baseline)}
        notes={amountNotes(stats.baseline)}
      />
      <Card kind="requests" title="Requests" value={countWords(stats.requests)} notes={endings(stats)} />
    </dl>
    <BudgetCard budget={budget} act={act} />
    <details class="how">
      <summary>How these figures come about</summary>
      <p>
        <strong>Spent</strong> ({usdWords(stats.spent.usd)}) is what providers charge; calls that were cut off
        are estimated. <strong>Without local models</strong> ({usdWords(stats.baseline.usd)}) is what the same
        requests would have cost on the cloud model they would have gone to. <strong>Saved</strong> is the
        difference, request by request, and only where it counts: a completion saves when it is accepted;
        instant answers, answers that were rejected or asked again on the cloud, and requests that had nowhere
        else to go save nothing. Open a request below to read its own sums.
      </p>
    </details>
  </div>
);

interface CardProps {
  readonly kind: string;
  readonly title: string;
  readonly value: string;
  readonly notes: readonly string[];
}

const Card = ({ kind, title, value, notes }: CardProps): JSX.Element => (
  <div class={`card ${kind}`}>
    <dt>{title}</dt>
    <dd>
      <span class={value === 'unknown' ? 'value unknown' : 'value'}>{value}</span>
      {notes.map((note) => (
        <span key={note} class="quiet note-line">
          {note}
        </span>
      ))}
    </dd>
  </div>
);

function endings({ answered, cancelled, refused, failed, requests }: RangeStats): string[] {
  if (requests === 0) return [];
  const others = [
    ...(cancelled > 0 ? [`${countWords(cancelled)} stopped`] : []),
    ...(refused > 0 ? [`${countWords(refused)} not sent`] : []),
    ...(failed > 0 ? [`${countWords(failed)} failed`] : []),
  ];
  return [others.length === 0 ? 'all answered' : [`${countWords(answered)} answered`, ...others].join(', ')];
}
