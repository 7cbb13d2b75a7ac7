import type { WriterState } from './storage/session-writer';

/** How the ledger's folder is doing. Entries that cannot be written are counted in the figures all the same. */
export interface LedgerHealth {
  /** False until the first figures are complete. */
  readonly loaded: boolean;
  readonly writing:
    | { readonly kind: 'ok' }
    | {
        readonly kind: 'failing';
        readonly reason: 'disk-full' | 'read-only' | 'other';
        /** The file system's error code. */
        readonly code: string;
        /** Lines in memory, tried again every few seconds. */
        readonly held: number;
        /** Lines given up because too many were held. */
        readonly dropped: number;
      };
  readonly reading: { readonly kind: 'ok' } | { readonly kind: 'failing'; readonly code: string };
  /** Summing up old entries; where it fails they stay as they are. */
  readonly rollingUp: { readonly kind: 'ok' } | { readonly kind: 'failing'; readonly code: string };
  /** Lines that could not be read, and were passed over. */
  readonly damaged: number;
  /** Torn last lines that were cut off: their writer was killed before it had acknowledged them. */
  readonly repaired: number;
  /** Lines a newer version wrote; kept, but not in the figures. */
  readonly newer: number;
  /** `restored`: the sums were damaged, and made again from the version before. `newer`: only a newer version can read them. */
  readonly rollup: 'ok' | 'restored' | 'newer';
}

export const STARTING_HEALTH: LedgerHealth = {
  loaded: false,
  writing: { kind: 'ok' },
  reading: { kind: 'ok' },
  rollingUp: { kind: 'ok' },
  damaged: 0,
  repaired: 0,
  newer: 0,
  rollup: 'ok',
};

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

export function writingHealth(state: WriterState): LedgerHealth['writing'] {
  if (state.kind === 'writing') return { kind: 'ok' };
  const { code, held, dropped } = state;
  const reason = FULL.has(code) ? 'disk-full' : READ_ONLY.has(code) ? 'read-only' : 'other';
  return { kind: 'failing', reason, code, held, dropped };
}

export interface Notice {
  /** The same for as long as it is the same trouble: a view shows each key once. */
  readonly key: string;
  readonly text: string;
}

/** What a user should be told, in words with the next step. */
export function noticesOf(health: LedgerHealth): Notice[] {
  const notices: Notice[] = [];
  const { writing, reading } = health;
  if (writing.kind === 'failing') {
    const why = {
      'disk-full': 'the disk is full. Free some space',
      'read-only': 'its folder cannot be written to. Check the folder’s permissions',
      other: `the system reports ${writing.code}`,
    }[writing.reason];
    notices.push({
      key: `writing/${writing.reason}`,
      text: `Switchyard cannot save its ledger: ${why}. New entries are kept in memory and saved as soon as possible.`,
    });
    if (writing.dropped > 0) {
      notices.push({
        key: 'dropped',
        text: 'Switchyard had to give up ledger entries that could not be saved. Totals are too low by them.',
      });
    }
  }
  if (reading.kind === 'failing') {
    notices.push({
      key: `reading/${reading.code}`,
      text: `Switchyard cannot read its ledger (${reading.code}). Figures show what this window saw itself.`,
    });
  }
  if (health.repaired > 0) {
    notices.push({
      key: `repaired/${health.repaired}`,
      text: `Switchyard repaired its ledger: ${health.repaired} unfinished last line(s) of a window that was killed.`,
    });
  }
  if (health.damaged > 0) {
    notices.push({
      key: `damaged/${health.damaged}`,
      text: `${health.damaged} line(s) of the ledger are damaged and not in the figures.`,
    });
  }
  if (health.newer > 0 || health.rollup === 'newer') {
    notices.push({
      key: 'newer',
      text: 'Part of the ledger was written by a newer version of Switchyard. It is kept, but not in the figures.',
    });
  }
  return notices;
}
