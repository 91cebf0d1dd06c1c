import type { ToldFinding } from '../../content/understanding-schema.ts'

/** What a finding asks of a claim that the engine is about to make again. `info` asks for nothing. */
export type Demand = 'revise' | 'contest' | 'drop'

const RANK = { revise: 0, contest: 1, drop: 2 } as const

/** Labels stand in quotation marks in a finding's message: bare, at the end of a path, or before a note on their kind. */
function isNamed(message: string, names: readonly string[]): boolean {
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map(([, label]) => label ?? '')
  return names.some((name) =>
    quoted.some(
      (label) =>
        label === name || label.endsWith(`> ${name}`) || label.startsWith(`${name} (`) || label.startsWith(`${name}: `),
    ),
  )
}

/**
 * Which claims of the engine's first answer the findings speak of, by index, with the strongest demand. A finding that
 * quotes a claim's name or id means that claim wherever it stands; otherwise its pointer's number counts.
 */
export function demands(
  findings: readonly ToldFinding[],
  agent: string,
  claims: readonly { names: readonly string[] }[],
): Map<number, Demand> {
  const found = new Map<number, Demand>()
  for (const { agent: about, severity, pointer, message } of findings) {
    if (about !== agent || severity === 'info') continue
    const byName = claims.findIndex(({ names }) => isNamed(message, names))
    const index = byName >= 0 ? byName : Number(/^\/[^/]+(?:\/claims)?\/(\d+)/.exec(pointer)?.[1] ?? -1)
    const before = found.get(index)
    if (index >= 0 && index < claims.length && (before === undefined || RANK[severity] > RANK[before]))
      found.set(index, severity)
  }
  return found
}
