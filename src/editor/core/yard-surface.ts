import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock';
import type { ModelRef } from '../../models/model';
import type { Usage } from '../../models/usage';
import type { Ticket, Yard } from '../../routing/yard';
import type { EditorGate } from '../privacy/cloud-gate';
import { inBackground } from '../failures';
import type { Notifier } from '../notify';
import { decidableWith, prepareRequest } from '../requests';
import type { Surface } from '../surface';
import type { Learning } from './learning';
import type { Switches } from '../switches';
import { forecastWords, noticeOf, turnWords } from '../words';

export interface YardSurfaceParts {
  readonly yard: Yard;
  readonly gate: EditorGate;
  readonly switches: Switches;
  readonly notifier: Notifier;
  readonly learning: Learning;
  readonly price: (model: ModelRef, usage: Usage) => number | undefined;
  readonly demo: () => boolean;
}

export interface YardSurface extends Surface {
  /** Cancels every request of a surface that is under way; completions end by themselves. */
  stopAll(): void;
}

/** What explain, refactor and ask share, on top of the yard. */
export function yardSurface(parts: YardSurfaceParts): YardSurface {
  const { yard, gate, switches, notifier } = parts;
  const running = new Set<Ticket>();
  return {
    yard,
    words: turnWords(parts.price),
    forecastWords,
    noticeOf,
    preview: (draft) => gate.preview(draft),
    demo: parts.demo,
    prepare(wish) {
      const prepared = prepareRequest(
        wish,
        gate,
        wish.override === undefined ? switches.takeNext() : undefined,
      );
      parts.learning.remember(prepared.request);
      return prepared;
    },
    forecast(wish) {
      const next = switches.next.get();
      const request = decidableWith(wish, next === 'auto' ? undefined : next);
      return (words) => yard.forecast(request(words));
    },
    cloudOffer(wish) {
      const decision = yard.forecast(decidableWith({ ...wish, override: 'cloud' }, undefined)(''));
      return decision.kind === 'run' && decision.track === 'cloud' ? forecastWords(decision) : undefined;
    },
    reply: (notice) => notifier.reply(notice),
    feedback: (requestId, verdict) => yard.feedback({ requestId, verdict, at: systemClock.now() }),
    track(ticket) {
      running.add(ticket);
      inBackground(
        'Following a request',
        ticket.outcome.finally(() => running.delete(ticket)),
      );
      return ticket;
    },
    stopAll() {
      for (const ticket of running) ticket.cancel();
    },
  };
}

/** One id for this window, for the books that windows share. */
export const newWindowId = (): string => randomUUID().slice(0, 8);
