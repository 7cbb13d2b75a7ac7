import type { Task } from './request';

/** Kinds of requests, in the middle of a sentence. */
export const TASK_WORDS: Readonly<Record<Task, string>> = {
  complete: 'completions',
  explain: 'explanations',
  refactor: 'refactorings',
  ask: 'questions',
};
