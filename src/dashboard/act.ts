import type { DashboardAction } from './protocol';

/** Asks the editor to do something. */
export type Act = (action: DashboardAction) => void;
