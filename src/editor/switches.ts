import { state, type Store } from 'callbag-recharge';
import type * as vscode from 'vscode';
import { pick } from './window/pick';

/** Where the next request is told to go; "auto" after one was sent. */
export type NextTrack = 'auto' | 'local' | 'cloud';

/** The switches of the menu that are no settings: they end by themselves. */
export class Switches implements vscode.Disposable {
  readonly #next = state<NextTrack>('auto', { name: 'next-track' });
  readonly #snoozedUntil = state<number | undefined>(undefined, { name: 'snoozed-until' });
  #waking: ReturnType<typeof setTimeout> | undefined;

  get next(): Store<NextTrack> {
    return this.#next;
  }

  /** Milliseconds since 1970; undefined while completions are awake. */
  get snoozedUntil(): Store<number | undefined> {
    return this.#snoozedUntil;
  }

  setNext(track: NextTrack): void {
    this.#next.set(track);
  }

  /** The override for a request made now, used up by it. */
  takeNext(): 'local' | 'cloud' | undefined {
    const next = this.#next.get();
    this.#next.set('auto');
    return next === 'auto' ? undefined : next;
  }

  async askSnooze(): Promise<void> {
    const choices = [5, 15, 60].map((minutes) => ({ label: `${String(minutes)} minutes`, minutes }));
    const chosen = await pick(choices, {
      title: 'Snooze completions',
      placeHolder: 'For how long?',
    });
    if (chosen !== undefined) this.snooze(chosen.minutes * 60_000);
  }

  snooze(ms: number): void {
    clearTimeout(this.#waking);
    this.#snoozedUntil.set(Date.now() + ms);
    this.#waking = setTimeout(() => this.wake(), ms);
  }

  wake(): void {
    clearTimeout(this.#waking);
    this.#snoozedUntil.set(undefined);
  }

  dispose(): void {
    clearTimeout(this.#waking);
  }
}
