import { addCell, emptyCell, type Cell } from './cell';
import { daysBefore, type Day } from './calendar';
import { dayStats, rangeStats, type DayStats, type Stats } from './stats';

const RANGES = { today: 0, week: 6, month: 29 } as const;

/**
 * Adds days up to ranges. What lies before today hardly ever changes, so its sums are kept; a new entry of today then
 * costs the adding of one day, not of years.
 */
export class Ranges {
  #day: Day = '';
  #past: Record<'week' | 'month' | 'all', Cell> | undefined;

  constructor(private readonly days: () => ReadonlyMap<Day, Cell>) {}

  /** To be called when a day other than today changed, or all did. */
  forgetPast(): void {
    this.#past = undefined;
  }

  stats(today: Day, completionsCount: boolean): Stats {
    if (today !== this.#day) this.#past = undefined;
    this.#day = today;
    this.#past ??= this.#sumPast(today);
    const now = this.days().get(today) ?? emptyCell();
    const with_ = (past: Cell) => {
      const cell = structuredClone(past);
      addCell(cell, now);
      return rangeStats(cell, completionsCount);
    };
    const since = [...this.days().keys()].sort()[0];
    return {
      day: today,
      today: rangeStats(now, completionsCount),
      week: with_(this.#past.week),
      month: with_(this.#past.month),
      all: with_(this.#past.all),
      days: this.#perDay(today, completionsCount),
      ...(since === undefined ? {} : { since }),
    };
  }

  #sumPast(today: Day): Record<'week' | 'month' | 'all', Cell> {
    const past = { week: emptyCell(), month: emptyCell(), all: emptyCell() };
    for (const [day, cell] of this.days()) {
      if (day === today) continue;
      addCell(past.all, cell);
      // Days ahead of the clock (it was set back since) belong to no range but "all".
      if (day > today) continue;
      if (day >= daysBefore(today, RANGES.month)) addCell(past.month, cell);
      if (day >= daysBefore(today, RANGES.week)) addCell(past.week, cell);
    }
    return past;
  }

  #perDay(today: Day, completionsCount: boolean): DayStats[] {
    const first = daysBefore(today, RANGES.month);
    return [...this.days()]
      .filter(([day]) => day >= first && day <= today)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, cell]) => dayStats(day, cell, completionsCount));
  }
}
