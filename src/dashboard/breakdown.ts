import type { Lane } from '../ledger/stats/cell';
import type { RangeStats, Sums } from '../ledger/stats/stats';
import type { Task } from '../routing/request';

export type LaneRow = Sums & { readonly lane: Lane };

/** One kind of request, and where its requests went. */
export interface TaskGroup {
  readonly task: Task;
  readonly requests: number;
  readonly lanes: readonly LaneRow[];
}

const TASK_ORDER: readonly Task[] = ['complete', 'explain', 'refactor', 'ask'];
const LANE_ORDER: readonly Lane[] = ['instant', 'local', 'cloud', 'cancelled', 'refused', 'failed'];

/** What is not in the list (from a later version) comes last. */
const place = <T>(order: readonly T[], item: T): number =>
  (order.indexOf(item) + order.length + 1) % (order.length + 1);

/** The breakdown by task, then by track, always in the same order so that nothing moves while figures grow. */
export function byTask(breakdown: RangeStats['breakdown']): TaskGroup[] {
  const tasks = [...new Set(breakdown.map(({ task }) => task))];
  return tasks
    .sort((a, b) => place(TASK_ORDER, a) - place(TASK_ORDER, b))
    .map((task) => {
      const lanes = breakdown
        .filter((row) => row.task === task)
        .sort((a, b) => place(LANE_ORDER, a.lane) - place(LANE_ORDER, b.lane));
      return { task, lanes, requests: lanes.reduce((sum, { requests }) => sum + requests, 0) };
    });
}
