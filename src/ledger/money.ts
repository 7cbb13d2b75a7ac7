import type { Usd } from './entry';

/**
 * Whole billionths of a US dollar. Every published price is a whole number of these a token (0.01 USD a million
 * tokens is 10), and whole numbers add up exactly in any order: 2^53 of them are nine million dollars.
 */
export type NanoUsd = number;

export const toNano = (usd: number): NanoUsd => Math.round(usd * 1e9);

export const toUsd = (nano: NanoUsd): number => nano / 1e9;

/** Rounds to whole nano-USD, so that what is written down is what is added up. */
export const exactUsd = (usd: number): number => toUsd(toNano(usd));

/** Adds amounts exactly; one unknown makes the sum unknown. */
export function sumUsd(amounts: readonly Usd[]): Usd {
  let nano = 0;
  for (const amount of amounts) {
    if (amount === undefined) return undefined;
    nano += toNano(amount);
  }
  return toUsd(nano);
}

export const minusUsd = (a: Usd, b: Usd): Usd =>
  a === undefined || b === undefined ? undefined : toUsd(toNano(a) - toNano(b));
