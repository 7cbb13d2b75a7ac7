import * as vscode from 'vscode';
import type { SourceFile } from '../../tasks/subject';
import { forUser } from '../failures';
import type { Restore } from '../requests';
import type { Surface } from '../surface';
import { AnswerPanel } from './answer-panel';
import { Conversation, type Topic } from './conversation';

/** A topic, and the files its answers may link to: the names used in the prompt, and where they are. */
export type LinkedTopic = Topic & {
  readonly known: ReadonlyMap<string, vscode.Uri>;
  /** The files as the model was shown them; what it proposes to change must still look so. */
  readonly sources: readonly SourceFile[];
};

export type OpenConversation = (topic: LinkedTopic) => Conversation;

/** What happens to edits an answer proposes. */
export interface EditReview {
  countFiles(answer: string): number;
  review(answer: string, restore: Restore, requestId: string, topic: LinkedTopic): void;
}

/** Opens the answer view beside the code. A view whose conversation is over makes room for the next of its kind. */
export function conversationOpener(
  surface: Surface,
  edits: EditReview,
  extensionUri: vscode.Uri,
  own: (part: vscode.Disposable) => unknown,
): OpenConversation {
  const open = new Set<AnswerPanel>();
  own(
    new vscode.Disposable(() => {
      for (const panel of [...open]) panel.dispose();
    }),
  );
  const idle = new Map<Topic['task'], { panel: AnswerPanel; conversation: Conversation }>();
  return (topic) => {
    const before = idle.get(topic.task);
    let panel: AnswerPanel;
    if (before !== undefined && !before.conversation.running) {
      before.conversation.dispose();
      panel = before.panel;
      panel.reveal();
    } else {
      panel = new AnswerPanel(extensionUri, {
        title: topic.title,
        demo: surface.demo(),
        turns: [],
        canAsk: false,
        links: [],
      });
      open.add(panel);
      panel.onClose(() => {
        open.delete(panel);
        if (idle.get(topic.task)?.panel === panel) idle.delete(topic.task);
      });
    }
    const conversation = new Conversation(topic, {
      yard: { submit: (request) => surface.track(surface.yard.submit(request)) },
      panel,
      prepare: (wish) => surface.prepare(wish),
      words: surface.words,
      cloudOffer: (wish) => surface.cloudOffer(wish),
      followUpEstimate: (wish) => surface.forecastWords(surface.forecast(wish)('')),
      preview: (draft) => surface.preview(draft),
      demo: surface.demo,
      open: (path, line) => openPlace(topic, path, line),
      countEditFiles: (answer) => edits.countFiles(answer),
      reviewEdits: (answer, restore, requestId) => edits.review(answer, restore, requestId, topic),
      links: [...topic.known.keys()],
      feedback: (requestId, verdict) => surface.feedback(requestId, verdict),
    });
    idle.set(topic.task, { panel, conversation });
    return conversation;
  };
}

/** Opens a place an answer refers to; only files the user gave to the conversation. */
function openPlace(topic: LinkedTopic, path: string, line: number | undefined): void {
  const uri = topic.known.get(path);
  if (uri === undefined) return;
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  forUser(
    'Open the file',
    vscode.window.showTextDocument(uri, {
      viewColumn: vscode.ViewColumn.One,
      ...(line !== undefined && { selection: new vscode.Range(at, at) }),
    }),
  );
}
