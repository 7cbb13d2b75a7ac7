import { daysBefore, monthOf, type Day } from '../stats/calendar';
import { inFolder, type LedgerFs } from '../storage/ledger-fs';
import { isRunning } from '../storage/session';
import { sessionFiles, TailReader } from '../storage/session-files';
import type { ReservationBook } from './reservation-book';
import { readReservationLine } from './reservation-line';

/** Between the eastern- and the westernmost time zone lie 26 hours. */
const ZONES_APART_DAYS = 2;

/** What other windows wrote down of their reservations, in the folder that all share. */
export class ReservationFiles {
  readonly #tails: TailReader;

  constructor(
    private readonly fs: LedgerFs,
    private readonly folder: string,
    private readonly ownSession: string,
  ) {
    this.#tails = new TailReader(fs, folder);
  }

  /** Takes what is new of this month's; one call after the other. Where the folder cannot be read, `book` is left as it is. */
  async readInto(book: ReservationBook, today: Day): Promise<void> {
    // Files are named by the day of the time zone they were written in; elsewhere that moment may be of this month.
    const first = daysBefore(`${monthOf(today)}-01`, ZONES_APART_DAYS);
    try {
      await this.#tails.read(
        await sessionFiles(this.fs, this.folder),
        (file) => file.day >= first && file.session !== this.ownSession,
        (line, { session, pid }) => {
          const event = readReservationLine(line);
          if (event !== undefined) book.apply(event, { session, pid });
        },
      );
    } catch {
      // Told by the writer's state: a folder that cannot be read cannot be written to either.
    }
  }

  /** Reservations of past months hold nothing; their files go. */
  async tidy(today: Day): Promise<void> {
    try {
      const lastMonth = monthOf(daysBefore(today, 31));
      for (const file of await sessionFiles(this.fs, this.folder)) {
        if (file.day < lastMonth && !isRunning(file.pid))
          await this.fs.remove(inFolder(this.folder, file.name));
      }
    } catch {
      // Tidying up can wait for the next start.
    }
  }
}
