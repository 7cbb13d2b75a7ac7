import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Stats } from '../../ledger/stats/stats';
import { chartDays, chartScale, limitWords, type ChartDay, type ChartScale } from '../chart';
import { amountWords, countWords, plural } from '../figures';
import type { Range } from '../ranges';
import { Section } from '../widgets/section';

interface DayChartProps {
  readonly stats: Stats;
  readonly range: Range;
}

/** Spent and saved, day by day: two bars a day. */
export function DayChart({ stats, range }: DayChartProps): JSX.Element {
  const [pointed, setPointed] = useState<string>();
  const span = range === 'today' || range === 'week' ? 7 : 30;
  const days = chartDays(stats.days, stats.day, span);
  const scale = chartScale(days);
  const flat = days.every(({ spentUsd, savedUsd }) => spentUsd === 0 && savedUsd === 0);
  const day = days.find((each) => each.day === pointed);
  const zero = (100 * scale.top) / (scale.top - scale.bottom);
  return (
    <Section id="days" title="Day by day" note={`the last ${span} days`}>
      <div class="legend">
        <span class="key saved">saved</span>
        <span class="key spent">spent</span>
        <span class="quiet readout">{day === undefined ? '' : dayWords(day)}</span>
      </div>
      <div
        class="chart"
        role="img"
        aria-label={chartWords(days)}
        onPointerLeave={() => setPointed(undefined)}
      >
        <div class="scale" aria-hidden="true">
          <span>{flat ? '' : limitWords(scale.top)}</span>
          <span class="zero" style={{ top: `${zero}%` }}>
            $0
          </span>
          {scale.bottom < 0 && <span class="bottom">{limitWords(scale.bottom)}</span>}
        </div>
        <div class="plot" aria-hidden="true">
          <span class="line" style={{ top: '0%' }} />
          <span class="line axis" style={{ top: `${zero}%` }} />
          {days.map((each) => (
            <div
              key={each.day}
              class={each.day === stats.day ? 'day today' : 'day'}
              onPointerEnter={() => setPointed(each.day)}
            >
              {each.savedUsd !== 0 && <Bar kind="saved" usd={each.savedUsd} scale={scale} />}
              {each.spentUsd !== 0 && <Bar kind="spent" usd={each.spentUsd} scale={scale} />}
            </div>
          ))}
        </div>
        <div class="dates" aria-hidden="true">
          <span>{days[0]?.label}</span>
          <span>{days[Math.floor(days.length / 2)]?.label}</span>
          <span>today</span>
        </div>
      </div>
      <details>
        <summary>As a table</summary>
        <DayTable days={days} />
      </details>
    </Section>
  );
}

interface BarProps {
  readonly kind: 'saved' | 'spent';
  readonly usd: number;
  readonly scale: ChartScale;
}

function Bar({ kind, usd, scale: { top, bottom } }: BarProps): JSX.Element {
  const whole = top - bottom;
  const from = (100 * (top - Math.max(usd, 0))) / whole;
  const height = (100 * Math.abs(usd)) / whole;
  return (
    <span
      class={usd < 0 ? `bar ${kind} below` : `bar ${kind}`}
      style={{ top: `${from}%`, height: `${height}%` }}
    />
  );
}

const savedOn = ({ savedUsd, savedUnknown }: ChartDay): string =>
  amountWords({ usd: savedUsd, unknown: savedUnknown });
const spentOn = ({ spentUsd, spentUnknown }: ChartDay): string =>
  amountWords({ usd: spentUsd, unknown: spentUnknown });

const dayWords = (day: ChartDay): string =>
  `${day.label}: ${plural(day.requests, 'request', 'requests')}, saved ${savedOn(day)}, spent ${spentOn(day)}`;

function chartWords(days: readonly ChartDay[]): string {
  const sum = (of: (day: ChartDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  const saved = amountWords({ usd: sum((day) => day.savedUsd), unknown: sum((day) => day.savedUnknown) });
  const spent = amountWords({ usd: sum((day) => day.spentUsd), unknown: sum((day) => day.spentUnknown) });
  return `Bar chart of the last ${days.length} days: ${saved} saved, ${spent} spent. The table below has each day.`;
}

const DayTable = ({ days }: { readonly days: readonly ChartDay[] }): JSX.Element => (
  <table class="figures">
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col">Requests</th>
        <th scope="col">Saved</th>
        <th scope="col">Spent</th>
      </tr>
    </thead>
    <tbody>
      {[...days].reverse().map((day) => (
        <tr key={day.day}>
          <th scope="row">{day.label}</th>
          <td>{countWords(day.requests)}</td>
          <td>{savedOn(day)}</td>
          <td>{spentOn(day)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
