import { describe, expect, it } from 'vitest';
import { ReservationBook } from '../../../src/ledger/budget/reservation-book';
import type { ReservationEvent } from '../../../src/ledger/budget/reservation-line';
import { NOON } from './outcomes';

const WINDOW = { session: 'w-1-0a0b0c0d', pid: 1 };
const reserve: ReservationEvent = { t: 'reserve', id: 'a', request: 'r', usd: 0.5, at: NOON };
const booked: ReservationEvent = { t: 'booked', id: 'a' };

function after(...events: readonly ReservationEvent[]): number {
  const book = new ReservationBook();
  for (const event of events) book.apply(event, WINDOW);
  return [...book.all].length;
}

describe('a book of reservations', () => {
  it('holds one until its end', () => {
    expect(after(reserve)).toBe(1);
    expect(after(reserve, booked)).toBe(0);
  });

  it('takes an end that is read before its beginning', () => {
    expect(after(booked, reserve)).toBe(0);
  });

  it('holds nothing after lines that a failing disk took twice', () => {
    expect(after(reserve, booked, reserve, booked)).toBe(0);
  });
});
