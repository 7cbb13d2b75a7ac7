import { durationWords, usdWords } from '../../base/money-words';
import type { Estimate, RunDecision } from '../../routing/decision';

export type OfferAnswer = 'allow' | 'forbid' | 'later';

/** One of the ways to go, as a row of a list. */
export interface OfferWay {
  readonly answer: OfferAnswer;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** Both ways an edit can go, with what each is likely to take; then deciding later. `last`: it is not asked again. */
export function offerWays(
  { model, estimate, localIfAllowed }: RunDecision,
  last: boolean,
): readonly OfferWay[] {
  if (localIfAllowed === undefined) return [];
  const { model: local } = localIfAllowed;
  return [
    {
      answer: 'allow',
      label: 'Run Edits Like This Here',
      description: `${local.id}: ${takes(localIfAllowed.estimate)}`,
      detail: 'Checked by parser and language services; Claude takes over where they object.',
    },
    {
      answer: 'forbid',
      label: 'Always Use Claude',
      description: `${model === undefined ? '' : `${model.id}: `}${takes(estimate)}`,
      detail: 'As until now, and you are not asked again.',
    },
    {
      answer: 'later',
      label: 'Use Claude This Time',
      description: '',
      detail: last
        ? 'You are not asked again; the choice stays in the settings.'
        : 'You are asked once more, on another day.',
    },
  ];
}

/** "free, about 8 s": shorter than an estimate in full, since the two stand one above the other. */
function takes({ usd, ms }: Estimate): string {
  const cost = usd === 0 ? 'free' : usdWords(usd);
  return ms === undefined ? `${cost}, time not known yet` : `${cost}, about ${durationWords(ms)}`;
}
