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
  /** The decision this wish would get now; nothing is sent. */
  forecast(wish: Wish): Decision;
  readonly words: TurnWords;
  /** "claude-sonnet-5-5, about $0.004, 6 s", or why it cannot run. */
  forecastWords(decision: Decision): string;
  /** What to say of an outcome that is no answer. */
  noticeOf(outcome: Outcome): NoticeView | undefined;
  /** Answers the user's last step; shown each time. */
  reply(notice: Omit<Notice, 'cause'>): void;
  feedback(requestId: string, verdict: Feedback['verdict']): void;
  /** Counts a ticket as work under way, for the status bar and "stop everything". */
  track(ticket: Ticket): Ticket;
  readonly demo: () => boolean;
}
