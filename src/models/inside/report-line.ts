import type { ModelError } from '../failure';
import type { Report } from './protocol';

/** The reports on one question. */
export type CallReport = Extract<Report, { call: number }>;

/** The reports of one call in line until they are read. */
export class ReportLine implements AsyncIterable<CallReport> {
  readonly #reports: CallReport[] = [];
  #failure: ModelError | undefined;
  #over = false;
  #wake: (() => void) | undefined;

  /** @param last called when the process has said its last on this call */
  constructor(private readonly last: () => void = () => undefined) {}

  push(report: CallReport): void {
    if (report.type === 'end' || report.type === 'cancelled' || report.type === 'failed') {
      this.#over = true;
      this.last();
    }
    this.#reports.push(report);
    this.#wake?.();
  }

  fail(error: ModelError): void {
    this.#failure = error;
    this.last();
    this.close();
  }

  /** Nobody reads on. */
  close(): void {
    this.#over = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CallReport> {
    for (;;) {
      const report = this.#reports.shift();
      if (report !== undefined) yield report;
      else if (this.#failure !== undefined) throw this.#failure;
      else if (this.#over) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
