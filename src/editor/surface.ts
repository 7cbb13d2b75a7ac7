import type { Draft } from '../privacy/draft';
import type { Decision } from '../routing/decision';
import type { Feedback, Outcome } from '../routing/outcome';
import type { Ticket, Yard } from '../routing/yard';
import type { NoticeView } from '../answer/protocol';
import type { TurnWords } from '../answer/reduce-turn';
import type { PreparedRequest, Wish } from './requests';
import type { Notice } from './notify';

/** What explain, refactor and ask share: a way to ask, to foretell, and to speak to the user. */
export interface Surface {
  readonly yard: Yard;
  prepare(wish: Wish): PreparedRequest;
  /**
   * The decision this wish would get now, with more words at its end: those still being typed. Its files are measured
   * once, so that the function may be called with every key. Nothing is sent.
   */
  forecast(wish: Wish): (words: string) => Decision;
  readonly words: TurnWords;
  /** "claude-sonnet-5-5: about 3,200 tokens in and 500 out, $0.0042, 6 s", or why it cannot run. */
  forecastWords(decision: Decision): string;
  /** What asking Claude for this instead would come to, in words; undefined where it cannot be asked now. */
  cloudOffer(wish: Wish): string | undefined;
  /** Shows exactly what this draft would send to a cloud, without sending it. */
  preview(draft: Draft): Promise<void>;
  /** What to say of an outcome that is no answer. */
  noticeOf(outcome: Outcome): NoticeView | undefined;
  /** Answers the user's last step; shown each time. */
  reply(notice: Omit<Notice, 'cause'>): void;
  feedback(requestId: string, verdict: Feedback['verdict']): void;
  /** Counts a ticket as work under way, for the status bar and "stop everything". */
  track(ticket: Ticket): Ticket;
  readonly demo: () => boolean;
}
