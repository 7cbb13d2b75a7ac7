import type { WindowParts } from './window-parts';

const HOUR_MS = 3_600_000;
/** Mean pause between two disturbances of a window, in ms. */
const PAUSE_MS = 1_500;

/** Now and then the offline switch is flipped, the clock is set, a disk is full or read-only: one at a time, for a moment. */
export class Disturbances {
  #timer: NodeJS.Timeout | undefined;
  #undo: (() => void) | undefined;

  constructor(
    private readonly parts: WindowParts,
    private readonly draw: () => number,
  ) {
    this.#plan();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#undo?.();
    this.parts.clock.jumpTo(0);
  }

  #plan(): void {
    this.#timer = setTimeout(() => this.#disturb(), PAUSE_MS * (0.5 + this.draw()));
  }

  #disturb(): void {
    const { policy, clock, disks } = this.parts;
    const kind = Math.floor(this.draw() * 4);
    const disk = disks[Math.floor(this.draw() * disks.length)];
    switch (kind) {
      case 0:
        policy.update((now) => ({ ...now, offline: true }));
        this.#undo = () => policy.update((now) => ({ ...now, offline: false }));
        break;
      case 1:
        clock.jumpTo((this.draw() - 0.5) * 72 * HOUR_MS);
        break;
      default:
        if (disk !== undefined) disk.trouble = kind === 2 ? 'full' : 'read-only';
        this.#undo = () => {
          if (disk !== undefined) disk.trouble = undefined;
        };
    }
    this.#timer = setTimeout(
      () => {
        this.#undo?.();
        this.#undo = undefined;
        this.#plan();
      },
      50 + this.draw() * 200,
    );
  }
}
