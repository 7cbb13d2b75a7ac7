import type { Day } from '../ledger/stats/calendar';
import { daysBefore } from '../ledger/stats/calendar';
import type { DayStats } from '../ledger/stats/stats';

/** One day of the chart; days without requests are there too, so that gaps look like gaps. */
export interface ChartDay extends DayStats {
  /** `Nov 23`. */
  readonly label: string;
}

export interface ChartScale {
  /** USD at the upper edge; never 0. */
  readonly top: number;
  /** USD at the lower edge; 0, or negative where a day cost more than it saved. */
  readonly bottom: number;
}

const MONTH_AND_DATE = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** `2026-11-23` as `Nov 23`. A day is a date of the calendar, not a moment, so no time zone may move it. */
export const dayLabel = (day: Day): string => MONTH_AND_DATE.format(new Date(`${day}T00:00:00Z`));

const nothingOn = (day: Day): DayStats => ({
  day,
  requests: 0,
  spentUsd: 0,
  savedUsd: 0,
  spentUnknown: 0,
  savedUnknown: 0,
});

/** The last `count` days up to `today`, oldest first. */
export function chartDays(days: readonly DayStats[], today: Day, count: number): ChartDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const day = daysBefore(today, count - 1 - index);
    return { ...(known.get(day) ?? nothingOn(day)), label: dayLabel(day) };
  });
}

/** Round limits that hold every bar. */
export function chartScale(days: readonly ChartDay[]): ChartScale {
  const highest = Math.max(0, ...days.flatMap(({ spentUsd, savedUsd }) => [spentUsd, savedUsd]));
  const lowest = Math.min(0, ...days.map(({ savedUsd }) => savedUsd));
  return {
    top: highest === 0 ? (lowest === 0 ? 1 : roundUp(-lowest) / 4) : roundUp(highest),
    bottom: lowest === 0 ? 0 : -roundUp(-lowest),
  };
}

/** The next of 1, 2, 5 times a power of ten: 0.034 → 0.05. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((digit) => digit * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(1));
}

/** A limit of the scale: round already, so no more digits than it has. */
export const limitWords = (usd: number): string =>
  `${usd < 0 ? '−' : ''}$${Math.abs(usd).toLocaleString('en-US', { maximumSignificantDigits: 1 })}`;
