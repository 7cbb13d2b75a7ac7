import * as z from 'zod';

const VERSION = 1;

/**
 * What a window says about a reservation; amounts in USD, times in milliseconds since 1970.
 * `booked`: the request's ledger entry has been seen, which counts from now on in the reservation's place.
 */
const schema = z.discriminatedUnion('t', [
  z.object({
    v: z.literal(VERSION),
    t: z.literal('reserve'),
    id: z.string(),
    request: z.string(),
    usd: z.number().min(0),
    at: z.number(),
  }),
  z.object({ v: z.literal(VERSION), t: z.literal('withdraw'), id: z.string() }),
  z.object({ v: z.literal(VERSION), t: z.literal('settle'), id: z.string(), usd: z.number().min(0) }),
  z.object({ v: z.literal(VERSION), t: z.literal('booked'), id: z.string() }),
]);

export type ReservationLine = z.infer<typeof schema>;

/** A line as it is said; the version goes on here. */
type Unversioned<T> = T extends unknown ? Omit<T, 'v'> : never;
export type ReservationEvent = Unversioned<ReservationLine>;

export const writeReservationLine = (event: ReservationEvent): string =>
  `${JSON.stringify({ v: VERSION, ...event })}\n`;

/** Undefined for a line that is damaged or of a newer version: it then holds nothing against the caps. */
export function readReservationLine(text: string): ReservationLine | undefined {
  try {
    const read = schema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
