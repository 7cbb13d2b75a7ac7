import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageApi } from '../pages/vscode-api';
import { DashboardPage } from './page';
import { readPageState, type PageState } from './page-state';
import type { DashboardAction, DashboardData, FromDashboardPage, ToDashboardPage } from './protocol';

/** How long the page must stand still before its place is remembered, in ms. */
const SCROLL_PAUSE_MS = 150;

type Reasons = ReadonlyMap<string, readonly string[]>;

/** Takes what the editor sends and keeps what the user chose. */
export function App({ api }: { readonly api: PageApi<FromDashboardPage> }): JSX.Element | null {
  const [data, setData] = useState<DashboardData>();
  const [why, setWhy] = useState<Reasons>(new Map());
  const [state, setState] = useRemembered(api);
  useEffect(() => {
    const receive = ({ data: message }: MessageEvent<ToDashboardPage>): void => {
      switch (message.type) {
        case 'data':
          setData(message.data);
          return;
        case 'why':
          setWhy((before) => new Map(before).set(message.requestId, message.lines));
      }
    };
    window.addEventListener('message', receive);
    api.postMessage({ type: 'ready' });
    return () => window.removeEventListener('message', receive);
  }, [api]);
  useScrollPlace(data !== undefined, state.scrollTop, setState);
  const act = useCallback((action: DashboardAction) => api.postMessage({ type: 'action', action }), [api]);
  const askWhy = useCallback((requestId: string) => api.postMessage({ type: 'why', requestId }), [api]);
  if (data === undefined) return null;
  return <DashboardPage data={data} state={state} setState={setState} why={why} askWhy={askWhy} act={act} />;
}

type SetState = (change: (state: PageState) => PageState) => void;

/** State that outlives the page: VS Code throws hidden pages away. */
function useRemembered(api: PageApi<FromDashboardPage>): readonly [PageState, SetState] {
  const [state, setState] = useState(() => readPageState(api.getState()));
  useEffect(() => api.setState(state), [api, state]);
  return [state, setState];
}

/** Goes back to where the reader was once there is something to scroll, and remembers where they go. */
function useScrollPlace(ready: boolean, scrollTop: number, setState: SetState): void {
  const first = useRef(scrollTop);
  useLayoutEffect(() => {
    if (ready) document.documentElement.scrollTop = first.current;
  }, [ready]);
  useEffect(() => {
    let pause: ReturnType<typeof setTimeout> | undefined;
    const onScroll = (): void => {
      clearTimeout(pause);
      pause = setTimeout(() => {
        setState((before) => ({ ...before, scrollTop: document.documentElement.scrollTop }));
      }, SCROLL_PAUSE_MS);
    };
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(pause);
      window.removeEventListener('scroll', onScroll);
    };
  }, [setState]);
}
