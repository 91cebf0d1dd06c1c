import { z } from 'zod'
import { DivergenceClass, ReplayReport } from '../replay-report.ts'

/** What a replay should do with a recording. */
export const ReplayRequest = z.strictObject({
  nearest: z.boolean().default(false),
  allow: z.array(DivergenceClass).default([]),
  /** Prompts by agent: `topics` to `topics/v2`. */
  prompts: z.record(z.string(), z.string()).default({}),
  /** Answers by exchange that replace the recorded ones. */
  substitute: z.record(z.string(), z.json()).default({}),
  derived: z.boolean().default(true),
})
export type ReplayRequest = z.output<typeof ReplayRequest>

/** A message to the process that replays. Only one is sent at a time. */
export const Job = z.strictObject({ file: z.string(), request: ReplayRequest })
export type Job = z.output<typeof Job>

/** `error` is the class of what was thrown. `kind` says more if that class has kinds. */
export const Reply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), report: ReplayReport }),
  z.strictObject({ ok: z.literal(false), error: z.string(), kind: z.string().nullable(), message: z.string() }),
])
export type Reply = z.output<typeof Reply>
