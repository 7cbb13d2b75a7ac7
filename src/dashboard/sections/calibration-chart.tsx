import type { JSX } from 'preact';
import type { Calibration, CalibrationBinStats } from '../../ledger/stats/calibration';
import { countWords, percentWords, plural } from '../figures';

/** Fewer judged answers than this say little about how well confidences hold. */
const FEW = 30;

/** How often answers of a given confidence were taken: over the user's own requests. */
export function CalibrationChart({ calibration }: { readonly calibration: Calibration }): JSX.Element {
  const { bins, n, ece } = calibration;
  return (
    <div class="part">
      <h3>Confidence against what you took</h3>
      {n === 0 ? (
        <p class="quiet">Shown once you have accepted or rejected answers whose confidence was measured.</p>
      ) : (
        <>
          <div class="calibration" role="img" aria-label={bins.map(binWords).join('; ')}>
            {Array.from({ length: 10 }, (_, index) => (
              <Column key={index} bin={bins.find((bin) => Math.round(bin.from * 10) === index)} />
            ))}
          </div>
          <div class="dates" aria-hidden="true">
            <span>doubtful</span>
            <span>confidence</span>
            <span>sure</span>
          </div>
          <p class="quiet">
            Bars: share you took. Lines: confidence beforehand.{' '}
            {ece !== undefined &&
              `On average ${percentWords(ece)} apart, over ${plural(n, 'answer', 'answers')}${n < FEW ? ', too few to tell' : ''}.`}
          </p>
        </>
      )}
    </div>
  );
}

const Column = ({ bin }: { readonly bin: CalibrationBinStats | undefined }): JSX.Element => (
  <div class="column" title={bin === undefined ? 'no answers' : binWords(bin)}>
    {bin !== undefined && (
      <>
        <span class="bar" style={{ height: `${100 * bin.acceptedShare}%` }} />
        <span class="expected" style={{ bottom: `${100 * bin.meanConfidence}%` }} />
      </>
    )}
  </div>
);

const binWords = ({ meanConfidence, acceptedShare, n }: CalibrationBinStats): string =>
  `confidence ${meanConfidence.toFixed(2)}: ${percentWords(acceptedShare)} of ${countWords(n)} taken`;
