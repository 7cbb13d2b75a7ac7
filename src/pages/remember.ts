import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageApi } from './vscode-api';

export type Change<State> = (change: (state: State) => State) => void;

/** State that outlives the page: VS Code throws a hidden page away and makes it anew when it is shown again. */
export function useRemembered<State>(
  api: PageApi<never>,
  read: (kept: unknown) => State,
): readonly [State, Change<State>] {
  const [state, setState] = useState(() => read(api.getState()));
  useEffect(() => api.setState(state), [api, state]);
  return [state, setState];
}

/** How long the page must stand still before its place is remembered, in ms. */
const SCROLL_PAUSE_MS = 150;

/** Goes back to where the reader was once there is something to scroll, and tells where they go. In CSS pixels. */
export function useScrollPlace(ready: boolean, scrollTop: number, moved: (scrollTop: number) => void): void {
  const first = useRef(scrollTop);
  useLayoutEffect(() => {
    if (ready && first.current > 0) document.documentElement.scrollTop = first.current;
  }, [ready]);
  const tell = useRef(moved);
  tell.current = moved;
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const onScroll = (): void => {
      clearTimeout(pause);
      pause = setTimeout(() => tell.current(document.documentElement.scrollTop), SCROLL_PAUSE_MS);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(pause);
      window.removeEventListener('scroll', onScroll);
    };
  }, []);
}
