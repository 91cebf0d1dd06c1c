/** What the work below takes on the machine for which the limits of time in tests were chosen. */
const NOMINAL_MS = 60

/**
 * How many times slower this machine is now than that one; at least 1. A test that says how long something may take multiplies its limit
 * by it: the limit then tells a slow algorithm from a slow or busy machine.
 */
export function slowness(): number {
  // The first time, the compiler is at work too.
  work()
  return Math.max(1, work() / NOMINAL_MS)
}

/** @returns how long it took, in ms */
function work(): number {
  const begun = performance.now()
  let value = 1
  for (let n = 0; n < 50_000_000; n++) value = (Math.imul(value, 31) + n) | 0
  return value === 0 ? 0 : performance.now() - begun
}
