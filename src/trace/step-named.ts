import type { StepName } from '../ledger/exchange.ts'

/** The step that `topics.1` names; `topics` is its first visit. */
export function stepNamed(name: string): StepName {
  const [, node, visit] = /^(.+)\.(\d+)$/.exec(name) ?? []
  return node === undefined ? { node: name, visit: 0 } : { node, visit: Number(visit) }
}
