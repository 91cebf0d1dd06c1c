import type { Log } from '../../compose.ts'
import type { Config } from '../../config.ts'

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/** A log of JSON lines: time, level, message, and the fields that go with it. */
export function createJsonLog(least: Config['LOG_LEVEL'], write: (line: string) => void, now = Date.now): Log {
  const from = least === 'silent' ? LEVELS.length : LEVELS.indexOf(least)
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) < from) return
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields })}\n`)
  }
}
