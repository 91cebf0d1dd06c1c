/** Seconds that a request waits for its run unless it says otherwise, and at most. */
const DEFAULT_WAIT = 25
export const MAX_WAIT = 600

/**
 * Seconds to wait for a run, from a `Prefer` header (RFC 7240): `wait=N`; `respond-async` alone is 0. What cannot be understood is
 * ignored, as the RFC has it; of two the first counts.
 */
export function waitSeconds(prefer: string | undefined): number {
  const preferences = (prefer ?? '')
    .split(',')
    .map((preference) => preference.split(';')[0]?.trim().toLowerCase() ?? '')
  for (const preference of preferences) {
    const seconds = /^wait\s*=\s*"?(\d{1,9})"?$/.exec(preference)?.[1]
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_WAIT)
  }
  return preferences.includes('respond-async') ? 0 : DEFAULT_WAIT
}
