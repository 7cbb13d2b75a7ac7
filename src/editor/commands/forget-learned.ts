import type { Learning } from '../core/learning';
import { askModal } from '../window/message';

/** Asks first: what was learned cannot be got back. */
export async function forgetLearned(learning: Pick<Learning, 'forget'>): Promise<void> {
  const chosen = await askModal(
    'warning',
    'Forget what was learned from your verdicts? The predictor then starts again from its published measurements.',
    [],
    'Forget',
  );
  if (chosen === 'Forget') await learning.forget();
}
