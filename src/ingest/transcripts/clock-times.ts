/**
 * Parses `H:MM:SS`, `MM:SS`, with hours of any length and an optional fraction after `.` or `,`.
 * @returns milliseconds, or null if the text is not a time.
 */
export function parseClock(text: string): number | null {
  const match = /^(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?$/.exec(text.trim())
  if (match === null) return null
  const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match
  if (Number(seconds) > 59 || (match[1] !== undefined && Number(minutes) > 59)) return null
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return whole * 1000 + Math.round(Number(`0.${fraction}`) * 1000)
}

/** Converts seconds (number or text) or a clock time to milliseconds; null for anything else, and for negative or infinite values. */
export function secondsToMs(value: unknown): number | null {
  if (typeof value === 'string') {
    const clock = parseClock(value)
    if (clock !== null) return clock
    if (!/^\s*\d+(\.\d+)?\s*s?\s*$/.test(value)) return null
    return secondsToMs(Number.parseFloat(value))
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null
  const ms = Math.round(value * 1000)
  return Number.isSafeInteger(ms) ? ms : null
}
