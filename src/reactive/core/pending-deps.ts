/** What a node that waits for its dependencies is to do now. */
export type Next = 'wait' | 'recompute' | 'unchanged' | 'recompute-unannounced';

/**
 * The second phase of a change: which dependencies have said DIRTY and not yet settled, and whether any of them
 * brought a new value. A node recomputes when the last one has settled, and so once per change, however many paths
 * lead to it.
 */
export class PendingDeps {
  private readonly dirty = new Set<number>();
  private changed = false;

  /** True if this is the first dirty one: the moment to pass DIRTY on. */
  markDirty(dep: number): boolean {
    const first = this.dirty.size === 0;
    if (first) this.changed = false;
    this.dirty.add(dep);
    return first;
  }

  /** A dependency brought a value; from a plain callbag, or to a single dependant, it may come without DIRTY. */
  data(dep: number): Next {
    const announced = this.dirty.delete(dep);
    if (!announced && this.dirty.size === 0) return 'recompute-unannounced';
    this.changed = true;
    return announced && this.dirty.size === 0 ? 'recompute' : 'wait';
  }

  /** A dependency kept its value. */
  resolved(dep: number): Next {
    if (!this.dirty.delete(dep) || this.dirty.size > 0) return 'wait';
    return this.changed ? 'recompute' : 'unchanged';
  }

  clear(): void {
    this.dirty.clear();
    this.changed = false;
  }
}
