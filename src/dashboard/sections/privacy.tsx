import type { JSX } from 'preact';
import type { RangeStats } from '../../ledger/stats/stats';
import { CountBars, countsOf } from '../widgets/count-bars';
import { Section } from '../widgets/section';
import { RULES, wordsFor } from '../words';

/** What did not leave the machine. */
export const Privacy = ({ stats }: { readonly stats: RangeStats }): JSX.Element => (
  <Section id="privacy" title="Kept on this machine">
    <div class="parts">
      <CountBars
        title="Secrets replaced"
        counts={countsOf(stats.redactions, (key) => key.replaceAll('-', ' '))}
        none="No secret was found in what was sent."
      />
      <CountBars
        title="Files left out"
        counts={countsOf(stats.blocked, (key) => wordsFor(RULES, key))}
        none="No file had to be left out."
      />
      <CountBars
        title="Requests not sent"
        counts={countsOf(stats.refusals, (key) => wordsFor(RULES, key))}
        none="No request was held back."
      />
    </div>
  </Section>
);
