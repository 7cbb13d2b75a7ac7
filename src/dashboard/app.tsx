import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useRemembered, useScrollPlace } from '../pages/remember';
import type { PageApi } from '../pages/vscode-api';
import { DashboardPage } from './page';
import { readPageState } from './page-state';
import type { DashboardAction, DashboardData, FromDashboardPage, ToDashboardPage } from './protocol';

type Reasons = ReadonlyMap<string, readonly string[]>;

/** Takes what the editor sends and keeps what the user chose. */
export function App({ api }: { readonly api: PageApi<FromDashboardPage> }): JSX.Element | null {
  const [data, setData] = useState<DashboardData>();
  const [why, setWhy] = useState<Reasons>(new Map());
  const [state, setState] = useRemembered(api, readPageState);
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
  useScrollPlace(data !== undefined, state.scrollTop, (scrollTop) =>
    setState((before) => ({ ...before, scrollTop })),
  );
  const act = useCallback((action: DashboardAction) => api.postMessage({ type: 'action', action }), [api]);
  const askWhy = useCallback((requestId: string) => api.postMessage({ type: 'why', requestId }), [api]);
  if (data === undefined) return null;
  return <DashboardPage data={data} state={state} setState={setState} why={why} askWhy={askWhy} act={act} />;
}
