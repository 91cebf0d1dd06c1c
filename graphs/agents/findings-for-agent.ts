import type { Finding } from '../../src/content/understanding-schema.ts'
import type { State } from '../state.ts'

/** Findings of the verifier and the critic that a revision round of an agent has to act on. */
export function findingsFor({ verification, judgement }: State, agent: string): Finding[] {
  return [...(verification?.findings ?? []), ...(judgement?.findings ?? [])].filter(
    (finding) => finding.agent === agent,
  )
}
