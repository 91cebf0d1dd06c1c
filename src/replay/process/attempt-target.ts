const MOST_CHARS = 300

/** Which host, path or command the arguments of a denied call name, for people; null: none. */
export function targetOf(args: readonly unknown[]): string | null {
  const [first, second] = args
  const found = Array.isArray(first) ? targetOf(first) : named(first, second)
  return found === null ? null : found.slice(0, MOST_CHARS)
}

function named(first: unknown, second: unknown): string | null {
  if (typeof first === 'number') return `${typeof second === 'string' ? second : 'localhost'}:${first}`
  if (typeof first === 'string') return hostOf(first) ?? first
  if (first instanceof URL) return first.host
  if (typeof first !== 'object' || first === null) return null
  if ('url' in first && typeof first.url === 'string') return hostOf(first.url) ?? first.url
  const field = (name: string) => new Map<string, unknown>(Object.entries(first)).get(name)
  const host = field('hostname') ?? field('host') ?? field('path') ?? 'localhost'
  const port = field('port')
  return typeof port === 'number' || typeof port === 'string' ? `${host}:${port}` : String(host)
}

function hostOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).host || null : null
}
