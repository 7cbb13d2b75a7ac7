import type { Store } from 'callbag-recharge';
import { isSetByHand, writeSetting } from '../settings/read-settings';
import type { Settings } from '../settings/settings';
import type { LocalEditsSetting } from './local-edits-offer';

const KEY = 'refactor.simpleOnLocal';

/** The setting as the offer sees it. */
export const localEditsSetting = (settings: Store<Settings>): LocalEditsSetting => ({
  isSet: () => isSetByHand(KEY),
  async write(allowed) {
    await writeSetting(KEY, allowed);
    // What was answered "here" must not be sent to a cloud.
    if (settings.get().policy.simpleRefactorsMayRunLocally !== allowed)
      throw new Error(`switchyard.${KEY} did not take effect`);
  },
});
