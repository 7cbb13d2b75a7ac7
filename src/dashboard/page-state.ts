import { RANGES, type Range } from './ranges';

/** What the page remembers while it is hidden, when VS Code throws it away. */
export interface PageState {
  readonly range: Range;
  /** Requests whose reasons are open. */
  readonly expanded: readonly string[];
  readonly allRows: boolean;
  /** CSS pixels. */
  readonly scrollTop: number;
}

export const FIRST_STATE: PageState = { range: 'today', expanded: [], allRows: false, scrollTop: 0 };

/** More than anybody opens; keeps what is remembered small. */
const MOST_EXPANDED = 50;

/** What VS Code kept, if it is a state; it may come from another version of the page. */
export function readPageState(raw: unknown): PageState {
  if (typeof raw !== 'object' || raw === null) return FIRST_STATE;
  const field = (name: string): unknown => Reflect.get(raw, name);
  const expanded = field('expanded');
  const scrollTop = field('scrollTop');
  return {
    range: RANGES.find((range) => range === field('range')) ?? FIRST_STATE.range,
    expanded: Array.isArray(expanded)
      ? expanded.filter((id) => typeof id === 'string').slice(-MOST_EXPANDED)
      : [],
    allRows: field('allRows') === true,
    scrollTop: typeof scrollTop === 'number' && scrollTop >= 0 ? scrollTop : 0,
  };
}

/** The same with the reasons of one request opened, or closed. */
export function toggleExpanded(state: PageState, requestId: string): PageState {
  const others = state.expanded.filter((id) => id !== requestId);
  const open = others.length === state.expanded.length;
  return { ...state, expanded: open ? [...others, requestId].slice(-MOST_EXPANDED) : others };
}
