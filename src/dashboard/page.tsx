import type { JSX } from 'preact';
import type { Act } from './act';
import type { PageState } from './page-state';
import { toggleExpanded } from './page-state';
import type { DashboardData } from './protocol';
import { nextWithRequests, RANGE_TITLES, RANGE_WORDS, type Range } from './ranges';
import { RoutingGraph } from './graph/routing-graph';
import { Banners } from './sections/banners';
import { Breakdown } from './sections/breakdown';
import { DayChart } from './sections/day-chart';
import { Empty } from './sections/empty';
import { Footer } from './sections/footer';
import { GhostText } from './sections/ghost-text';
import { Header } from './sections/header';
import { Headline } from './sections/headline';
import { Privacy } from './sections/privacy';
import { Quality } from './sections/quality';
import { Recent } from './sections/recent';
import { Speed } from './sections/speed';
import { Tokens } from './sections/tokens';
import { RangeTabs } from './widgets/range-tabs';

interface DashboardPageProps {
  readonly data: DashboardData;
  readonly state: PageState;
  readonly setState: (change: (state: PageState) => PageState) => void;
  /** Reasons that have been asked for, by request. */
  readonly why: ReadonlyMap<string, readonly string[]>;
  readonly askWhy: (requestId: string) => void;
  readonly act: Act;
}

/** The whole page: from what one glances at to what one looks up. */
export function DashboardPage({ data, state, setState, why, askWhy, act }: DashboardPageProps): JSX.Element {
  const choose = (range: Range): void => setState((before) => ({ ...before, range }));
  if (data.stats.all.requests === 0 && data.recent.length === 0) {
    return (
      <div class="page">
        <Header data={data} act={act} />
        <Banners data={data} act={act} />
        <Empty act={act} />
        <RoutingGraph graph={data.graph} />
        <Footer data={data} act={act} />
      </div>
    );
  }
  const stats = data.stats[state.range];
  return (
    <div class="page">
      <Header data={data} act={act} />
      <Banners data={data} act={act} />
      <RangeTabs range={state.range} choose={choose} />
      <div id="figures" class="sections" role="tabpanel" aria-labelledby={`range-${state.range}`}>
        {stats.requests === 0 && <NothingInRange data={data} range={state.range} choose={choose} />}
        <Headline stats={stats} budget={data.budget} act={act} />
        <DayChart stats={data.stats} range={state.range} />
        <Breakdown stats={stats} />
        <Recent
          entries={data.recent}
          why={why}
          expanded={state.expanded}
          all={state.allRows}
          toggle={(id) => setState((before) => toggleExpanded(before, id))}
          showAll={(allRows) => setState((before) => ({ ...before, allRows }))}
          askWhy={askWhy}
        />
        <Speed stats={stats} />
        <GhostText figures={data.completions} />
        <Quality stats={stats} />
        <Privacy stats={stats} />
        <Tokens stats={stats} />
        <RoutingGraph graph={data.graph} />
      </div>
      <Footer data={data} act={act} />
    </div>
  );
}

interface NothingInRangeProps {
  readonly data: DashboardData;
  readonly range: Range;
  readonly choose: (range: Range) => void;
}

function NothingInRange({ data, range, choose }: NothingInRangeProps): JSX.Element {
  const wider = nextWithRequests(data.stats, range);
  return (
    <p class="nothing">
      No requests {RANGE_WORDS[range]}.{' '}
      {wider !== undefined && (
        <button type="button" class="link" onClick={() => choose(wider)}>
          Show {RANGE_TITLES[wider].toLowerCase()}
        </button>
      )}
    </p>
  );
}
