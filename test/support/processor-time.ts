/**
 * The processor time of this process so far, in ms. Tests that bound the work on hostile input count it and no clock: other work on the
 * machine does not change it.
 */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What the work below takes on the machine for which the bounds in tests were chosen. */
const NOMINAL_MS = 60

/**
 * How many times slower this machine is now than that one; at least 1. A test multiplies its bound by it: the bound then tells a slow
 * algorithm from a slow machine.
 */
export function slowness(): number {
  // The first time, the compiler is at work too.
  work()
  return Math.max(1, work() / NOMINAL_MS)
}

function work(): number {
  const begun = processorMs()
  let value = 1
  for (let n = 0; n < 50_000_000; n++) value = (Math.imul(value, 31) + n) | 0
  return value === 0 ? 0 : processorMs() - begun
}
