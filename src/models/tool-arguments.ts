/** The deepest nesting of arguments; those of the tools need 5. Recursive code that reads them has a limited stack. */
const MAX_DEPTH = 64
/** Replaces arguments with deeper nesting. */
export const TOO_DEEP = `(arguments nested more than ${MAX_DEPTH} levels deep)`

export function isTooDeep(args: unknown): boolean {
  return isDeeperThan(MAX_DEPTH, args)
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((entry) => isDeeperThan(levels - 1, entry))
}

/**
 * Describes for the model what is wrong with arguments that came as text; null if they are JSON of another shape. We find the
 * place ourselves instead of using the engine's message, because requests must not differ between versions of Node.
 */
export function brokenArguments(args: unknown): string | null {
  if (typeof args !== 'string') return null
  if (args === TOO_DEEP) return `The arguments are nested too deep, more than ${MAX_DEPTH} levels.`
  const at = faultAt(args)
  if (at === null) return 'The arguments are a JSON string; send one JSON object, not quoted.'
  const where =
    args.trim() === ''
      ? 'they are empty'
      : at >= args.trimEnd().length
        ? `they break off at the end, after ${JSON.stringify(args.trimEnd().slice(-20))}`
        : `at character ${at + 1}, where ${JSON.stringify(args.slice(at, at + 20))} stands`
  return `The arguments are no valid JSON: ${where}; send one JSON object, with every string quoted and every bracket closed.`
}

const NOT_SPACE = /[^ \t\n\r]/g
const TOKEN =
  /[ \t\n\r]*(?:("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end'

/** The offset at which a text stops being JSON (its length if it is incomplete); null if it is JSON. */
function faultAt(text: string): number | null {
  const open: ('{' | '[')[] = []
  let wanted: Wanted = 'value'
  for (let at = 0; ; ) {
    NOT_SPACE.lastIndex = at
    const start = NOT_SPACE.exec(text)?.index
    if (start === undefined) return open.length === 0 && wanted === ', or end' ? null : text.length
    TOKEN.lastIndex = at
    const [, string, scalar, mark = ''] = TOKEN.exec(text) ?? []
    const next = follow(wanted, string === undefined ? (scalar === undefined ? mark : 'scalar') : 'string', open)
    // An unterminated string is broken at the end of the text, not at its own start.
    if (next === null)
      return text[start] === '"' && string === undefined && !/"/.test(text.slice(start + 1)) ? text.length : start
    wanted = next
    at = TOKEN.lastIndex
  }
}

/** Returns what may follow a token in this state; null if the token is not allowed here. Opens and closes brackets. */
function follow(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | null {
  const within = open.at(-1)
  if (token === ':') return wanted === ':' ? 'value' : null
  if (token === ',') return wanted === ', or end' && within !== undefined ? (within === '{' ? 'key' : 'value') : null
  if (token === '}' || token === ']') {
    const closes = token === '}' ? within === '{' && wanted !== 'key' : within === '[' && wanted !== 'value'
    if (!closes || (wanted !== ', or end' && !wanted.endsWith(token))) return null
    open.pop()
    return ', or end'
  }
  if (wanted === 'key' || wanted === 'key or }') return token === 'string' ? ':' : null
  if (wanted !== 'value' && wanted !== 'value or ]') return null
  if (token === 'string' || token === 'scalar') return ', or end'
  if (token !== '{' && token !== '[') return null
  open.push(token)
  return token === '{' ? 'key or }' : 'value or ]'
}
