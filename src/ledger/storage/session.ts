import { randomBytes } from 'node:crypto';
import type { Day } from '../stats/calendar';

/** One run of one window. Every session writes files of its own, so no two processes ever write to one file. */
export interface Session {
  readonly id: string;
}

/** `windowId` tells windows apart for people who look into the folder; the process id tells whether it still runs. */
export function newSession(windowId: string, pid: number): Session {
  const safe = windowId.replace(/[^A-Za-z0-9]/g, '').slice(0, 24) || 'window';
  return { id: `${safe}-${pid}-${randomBytes(4).toString('hex')}` };
}

export interface SessionFileName {
  readonly name: string;
  readonly day: Day;
  readonly session: string;
  readonly pid: number;
}

export const sessionFileName = (day: Day, session: Session, number: number): string =>
  `${day}.${session.id}.${number}.jsonl`;

/** Undefined for names that are not a session's file. */
export function parseSessionFileName(name: string): SessionFileName | undefined {
  const match = /^(\d{4,}-\d\d-\d\d)\.([A-Za-z0-9]+-(\d+)-[0-9a-f]+)\.\d+\.jsonl$/.exec(name);
  if (match === null) return undefined;
  const [, day = '', session = '', pid = ''] = match;
  return { name, day, session, pid: Number(pid) };
}

/** Whether a process runs. A number that was given to another process counts as running, which only delays tidying. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
