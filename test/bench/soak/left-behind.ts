import type { WindowParts } from './window-parts';

/** Connections that are kept for the next request close after four seconds without one (undici's default). In ms. */
const KEPT_ALIVE_MS = 8_000;

/** What holds this process now, by name. */
export const resources = (): string[] => process.getActiveResourcesInfo();

/** What is still there after a window was closed, once idle connections had their time; empty when nothing is. */
export async function leftBehind(parts: WindowParts, before: readonly string[]): Promise<string[]> {
  const until = performance.now() + KEPT_ALIVE_MS;
  for (;;) {
    const left = [...beyond(resources(), before), ...ownCounts(parts)];
    if (left.length === 0 || performance.now() > until) return left;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function beyond(now: readonly string[], before: readonly string[]): string[] {
  const known = [...before];
  return now.filter((name) => {
    const at = known.indexOf(name);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
}

function ownCounts({ clock, disks, yard }: WindowParts): string[] {
  const counts = {
    'timer of the clock': clock.pending,
    'open file': disks.reduce((sum, disk) => sum + disk.open, 0),
    'file watcher': disks.reduce((sum, disk) => sum + disk.watchers, 0),
    'running request': yard.active.get().length,
  };
  return Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => name));
}
