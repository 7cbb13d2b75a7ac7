import type { LifecycleSignal, Subscription } from '../core/protocol';
import { subscribe } from '../core/subscribe';
import type { Store } from '../core/types';

interface Slot {
  subscription?: Subscription;
}

/**
 * Follows one inner store at a time. A store that emits or ends while it is being subscribed to may already have been
 * replaced before `follow` returns; what it still sends is then ignored.
 */
export class InnerSubscription<T> {
  private slot: Slot | undefined;

  get active(): boolean {
    return this.slot !== undefined;
  }

  follow(store: Store<T>, onValue: (value: T) => void, onEnd: (error: unknown) => void): void {
    this.drop();
    const slot: Slot = {};
    this.slot = slot;
    const subscription = subscribe(
      store,
      (value) => {
        if (this.slot === slot) onValue(value);
      },
      {
        onEnd: (error) => {
          if (this.slot !== slot) return;
          this.slot = undefined;
          onEnd(error);
        },
      },
    );
    if (this.slot === slot) slot.subscription = subscription;
    else subscription.unsubscribe();
  }

  signal(signal: LifecycleSignal): void {
    this.slot?.subscription?.signal(signal);
  }

  drop(): void {
    const slot = this.slot;
    this.slot = undefined;
    slot?.subscription?.unsubscribe();
  }
}
