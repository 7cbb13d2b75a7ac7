import type { CompletionStats, TrackStats } from '../../completion/stats';
import type { CompletionFigures } from '../../dashboard/protocol';

const TRACKS = ['instant', 'local', 'mixed'] as const;

const acceptedOf = ({ accepted, partlyAccepted }: TrackStats): number => accepted + partlyAccepted;

/** The engine's counts as the dashboard shows them. */
export function completionFigures(stats: CompletionStats): CompletionFigures {
  return {
    requests: stats.requests,
    requestsAvoided: stats.requestsAvoided,
    shown: TRACKS.reduce((sum, track) => sum + stats.byTrack[track].shown, 0),
    ...(stats.asked > 0 && { hitRate: stats.hitRate }),
    acceptance: TRACKS.map((track) => ({
      track,
      shown: stats.byTrack[track].shown,
      accepted: acceptedOf(stats.byTrack[track]),
    })),
  };
}

/** One line for the status bar's tooltip; undefined before anything was asked for. */
export function completionLine(stats: CompletionStats): string | undefined {
  if (stats.asked === 0) return undefined;
  const share = Math.round(100 * stats.hitRate);
  return `Ghost text: ${String(share)} % from the cache or the workspace, ${String(stats.requestsAvoided)} requests avoided.`;
}
