import type { ToldFinding } from '../../content/understanding-schema.ts'

/** The change that a finding demands of a claim before the engine repeats it. `info` demands nothing. */
export type Demand = 'revise' | 'contest' | 'drop'

const RANK = { revise: 0, contest: 1, drop: 2 } as const

/** A finding's message puts labels in quotation marks: alone, at the end of a path, or before a note on their kind. */
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
 * Maps the index of each claim in the engine's first answer to the strongest demand of the findings. A finding that quotes a
 * claim's name or id refers to that claim at any position; otherwise the number in its pointer counts.
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
