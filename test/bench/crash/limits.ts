import type { StorageLimits } from '../../../src/ledger/ledger-storage';

/**
 * Windows roll up often, so that they are killed in the middle of that too; but a verdict, which is written right
 * after its entry, still finds it open.
 */
export const CRASH_LIMITS: Partial<StorageLimits> = { keepOpen: 1_000, pollMs: 100 };
