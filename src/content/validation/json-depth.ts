/** The deepest nesting of arrays and objects that a request body may have; items need 6. */
export const MAX_DEPTH = 64

/**
 * Whether a JSON text is nested deeper than `max`. It looks only at brackets outside strings, so it needs no stack. It also
 * accepts a text that is not JSON: the parser reports what is wrong with it.
 */
export function isDeeperThan(max: number, json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const unit = json.charCodeAt(at)
    if (unit === QUOTE) {
      at = endOfString(json, at)
      if (at === -1) return false
    } else if (unit === OPEN_BRACKET || unit === OPEN_BRACE) {
      if (++depth > max) return true
    } else if (unit === CLOSE_BRACKET || unit === CLOSE_BRACE) depth--
  }
  return false
}

/** The end of the string that begins at a quote; -1 if it has none. `indexOf` skips strings fast: they are most of a text. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let backslashes = 0
    while (json.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return at
  }
  return -1
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
