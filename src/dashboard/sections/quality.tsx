import type { JSX } from 'preact';
import type { RangeStats } from '../../ledger/stats/stats';
import { CountBars, countsOf } from '../widgets/count-bars';
import { Section } from '../widgets/section';
import { DOUBTS, FAILURES, wordsFor } from '../words';
import { AcceptanceTable } from './acceptance-table';
import { CalibrationChart } from './calibration-chart';
import { EstimatesTable } from './estimates-table';

/** Whether answers were good, and whether Switchyard knew. */
export const Quality = ({ stats }: { readonly stats: RangeStats }): JSX.Element => (
  <Section id="quality" title="Quality">
    <div class="parts">
      <CountBars
        title="Escalated to the cloud"
        counts={countsOf(stats.escalations, (key) => wordsFor(DOUBTS, key))}
        none="No local answer was doubtful enough."
      />
      <CountBars
        title="Fell back"
        counts={countsOf(stats.fallbacks, (key) => wordsFor(FAILURES, key))}
        none="No track failed a request."
      />
      <AcceptanceTable acceptance={stats.acceptance} />
      <CalibrationChart calibration={stats.calibration} />
      <EstimatesTable estimates={stats.estimates} />
    </div>
  </Section>
);
