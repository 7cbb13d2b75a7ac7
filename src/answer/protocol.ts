import type { Track } from '../routing/request';

/** What the answer view shows: plain data, made by the editor, drawn by the page. */
export interface AnswerView {
  readonly title: string;
  /** Servers are stand-ins: the view says so. */
  readonly demo: boolean;
  readonly turns: readonly TurnView[];
  /** Follow-up questions can be typed. */
  readonly canAsk: boolean;
  /** Where a follow-up question would go, and what it would take: "claude-…: about 3,200 tokens in and 500 out, …". */
  readonly followUp?: string;
  /** Paths that `path:line` in an answer may link to. */
  readonly links: readonly string[];
}

export interface TurnView {
  /** Shown above the answers; for the first explanation, what is explained. */
  readonly question: string;
  readonly blocks: readonly BlockView[];
  readonly notice?: NoticeView;
  /** "Ask Claude instead" is offered. */
  readonly canAskCloud: boolean;
  /** What asking Claude would cost, in words: "about $0.002". */
  readonly cloudEstimate?: string;
  /** Proposed edits that can be reviewed: how many files. */
  readonly editFiles?: number;
  readonly requestId?: string;
}

/** One attempt's answer. What a local model wrote stays when the cloud's answer comes beside it. */
export interface BlockView {
  readonly id: string;
  readonly track: Track;
  readonly model: string;
  /** Weights that only stand in for a real model. */
  readonly standIn: boolean;
  /** Why this call was made, when it is not the first: "The local answer was doubtful: …". */
  readonly announced?: string;
  readonly status: 'running' | 'done' | 'doubted' | 'failed' | 'cancelled';
  readonly text: string;
  /** How an answer that came is not a whole one: "cut off at the length limit", "declined". */
  readonly ending?: string;
  /** "$0.0021", "free", "price unknown"; absent while it runs. */
  readonly cost?: string;
  /** "2.1 s, first word after 0.4 s". */
  readonly time?: string;
  /** "3 secrets were replaced before sending, 1 file was kept back". */
  readonly privacy?: string;
  /** Which they were, one sentence each. */
  readonly kept?: readonly string[];
}

export interface NoticeView {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly title: string; readonly id: string };
}

/** From the editor to the page. `view` replaces everything; `append` adds text to one block of it. */
export type ToAnswerPage =
  | { readonly type: 'view'; readonly view: AnswerView }
  | { readonly type: 'append'; readonly block: string; readonly text: string };

/** From the page to the editor; checked there, since a page is not trusted. */
export type FromAnswerPage =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'stop' }
  | { readonly type: 'ask-cloud'; readonly turn: number }
  | { readonly type: 'copy'; readonly block: string }
  | { readonly type: 'copy-code'; readonly text: string }
  | { readonly type: 'open'; readonly path: string; readonly line?: number }
  | { readonly type: 'review-edits'; readonly turn: number }
  | { readonly type: 'why'; readonly turn: number }
  | { readonly type: 'notice'; readonly action: string };
