/**
 * The server's clock as seen from here, as pure functions.
 *
 * A message left at `sentAt` and its answer, stamped `serverMs`, came at `receivedAt`, both by a
 * clock of this device that never jumps. So the difference between the clocks lies between two
 * ends, and its middle (half the round trip) is the guess. The tightest pair of ends is kept; it
 * grows with time, because clocks drift, and is given up where a newer one contradicts it.
 */
export interface Clock {
  readonly offsetMs: number;
  /** The guess is at most so wrong. */
  readonly errorMs: number;
  readonly measuredAt: number;
}

const DRIFT = 1 / 5000;

export function measured(known: Clock | null, sentAt: number, receivedAt: number, serverMs: number): Clock {
  const fresh = {
    offsetMs: serverMs - (sentAt + receivedAt) / 2,
    errorMs: Math.max(0, receivedAt - sentAt) / 2,
    measuredAt: receivedAt,
  };
  if (!known) return fresh;
  const errorMs = known.errorMs + (receivedAt - known.measuredAt) * DRIFT;
  const apart = Math.abs(fresh.offsetMs - known.offsetMs) > fresh.errorMs + errorMs + 1;
  return apart || fresh.errorMs <= errorMs ? fresh : known;
}

/** Returns the server's time when this device's clock says `localMs`. */
export function serverTime(clock: Clock | null, localMs: number): number {
  return localMs + (clock?.offsetMs ?? 0);
}
