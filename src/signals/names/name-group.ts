import type { EntityType } from '../../content/labels/entity-label.ts'
import type { Run } from './name-runs.ts'

/** A name with all that was found of it. */
export interface NameGroup {
  name: string
  type: EntityType
  strength: number
  margin: number
  aliases: Set<string>
  runs: Run[]
  /** One of the transcript's speakers. */
  speaks: boolean
}

/** One key for all ways of writing a name: `PayJoin`, `Payjoin` and `pay-join` are one. */
export const fold = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
