import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { RANGE_TITLES, RANGES, type Range } from '../ranges';

interface RangeTabsProps {
  readonly range: Range;
  readonly choose: (range: Range) => void;
}

/** Where each key leads from the tab at `index`. */
const KEYS: Readonly<Record<string, (index: number) => number>> = {
  ArrowRight: (index) => (index + 1) % RANGES.length,
  ArrowLeft: (index) => (index + RANGES.length - 1) % RANGES.length,
  Home: () => 0,
  End: () => RANGES.length - 1,
};

/** Tabs as the ARIA practices have them: one stop for Tab, arrows between them, chosen as soon as focused. */
export function RangeTabs({ range, choose }: RangeTabsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = RANGES[KEYS[event.key]?.(RANGES.indexOf(range)) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    list.current?.querySelector<HTMLElement>(`#range-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Range" ref={list} onKeyDown={onKeyDown}>
      {RANGES.map((each) => (
        <button
          key={each}
          id={`range-${each}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={each === range}
          aria-controls="figures"
          tabIndex={each === range ? 0 : -1}
          onClick={() => choose(each)}
        >
          {RANGE_TITLES[each]}
        </button>
      ))}
    </div>
  );
}
