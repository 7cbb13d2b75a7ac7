import type { Task } from '../request';
import type { Check } from './check';
import { cutOffCheck } from './cut-off';
import { logprobsCheck } from './logprobs';
import { refusalCheck } from './refusal';
import { repetitionCheck } from './repetition';

/** The checks a task always has. A completion ends at its output limit as a rule, so that says nothing about it. */
export const checksFor = (task: Task): readonly Check[] =>
  task === 'complete' ? [logprobsCheck] : [logprobsCheck, cutOffCheck, repetitionCheck, refusalCheck];
