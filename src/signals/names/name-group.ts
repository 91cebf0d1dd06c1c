import type { EntityType } from '../../content/labels/entity-label.ts'
import type { NameRun } from './name-runs.ts'

/** A name with everything that was found about it. */
export interface NameGroup {
  name: string
  type: EntityType
  strength: number
  margin: number
  aliases: Set<string>
  runs: NameRun[]
  /** True if this is one of the transcript's speakers. */
  speaks: boolean
}

/** One key for all spellings of a name: `PayJoin`, `Payjoin` and `pay-join` have the same key. */
export const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
