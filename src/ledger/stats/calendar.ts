/** A calendar day in the user's time zone, `2026-11-23`; days compare as text. */
export type Day = string;

/** Days as the user's wall clock has them: 23 or 25 hours long where summer time begins or ends. */
export interface Calendar {
  /** The day of a moment (milliseconds since 1970). */
  day(at: number): Day;
}

const two = (n: number): string => String(n).padStart(2, '0');

const format = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;

/** The machine's time zone, or a named one (`Europe/Berlin`). */
export function calendar(timeZone?: string): Calendar {
  if (timeZone === undefined) {
    return {
      day(at) {
        const date = new Date(at);
        return format(date.getFullYear(), date.getMonth() + 1, date.getDate());
      },
    };
  }
  // Swedish dates are written year-month-day.
  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return { day: (at) => formatter.format(at) };
}

/** The day `count` days before; calendar arithmetic, so a day of 23 hours counts like any other. */
export function daysBefore(day: Day, count: number): Day {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const moved = new Date(Date.UTC(year, month - 1, date - count));
  return format(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
}

/** `2026-11` of `2026-11-23`. */
export const monthOf = (day: Day): string => day.slice(0, 7);
