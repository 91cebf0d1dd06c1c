import { z } from 'zod'
import type { RunView } from './service-answers.ts'

const Forked = z.looseObject({ fork: z.looseObject({ at: z.string().nullable() }) })

/** Which run a run is a fork of, and the step it went live at, null where its models did; null: it is no fork. */
export function forkOf({ config, parentRunId }: RunView): { parent: string; at: string | null } | null {
  const forked = Forked.safeParse(config).data
  return forked === undefined || !parentRunId ? null : { parent: parentRunId, at: forked.fork.at }
}
