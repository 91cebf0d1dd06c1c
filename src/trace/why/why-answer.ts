import { z } from 'zod'
import { DECISION_ACTIONS } from '../../content/decision-action.ts'
import { Evidence } from '../../content/evidence/evidence.ts'
import { Origin } from '../../content/labels/label-type.ts'
import { Facet } from '../../content/labels/label-types.ts'
import { Finding } from '../../content/understanding-schema.ts'

const Json = z.json()

/** One difference between two JSON values. `was` or `is` is left out if that side has no value. */
export const Difference = z
  .strictObject({ pointer: z.string(), was: Json.optional(), is: Json.optional() })
  .meta({ id: 'Difference' })

/** Where something is recorded: the run, and the call or step in it. */
const place = { run: z.string(), exchange: z.string().describe('`topics.0.chat.2`') }

/** A model's answer that holds the label. */
const Proposal = z
  .strictObject({
    ...place,
    round: z.int().describe('0 in the first round, then the revisions.'),
    agent: z.string(),
    model: z.string().nullable(),
    prompt: z.string().nullable(),
    pointer: z.string().describe("JSON pointer into the answer's arguments."),
    wrote: Json.describe('The label as the model wrote it: segment numbers instead of quotes, no score.'),
    offered: Json.describe('The candidate that the prompt offered for it; null where it offered none.'),
  })
  .meta({ id: 'WhyProposal' })
export type Proposal = z.infer<typeof Proposal>

/** What a tool had told the model before it proposed the label. */
const ToolCallBefore = z
  .strictObject({
    ...place,
    tool: z.string(),
    arguments: Json,
    result: Json,
    rejected: z.string().nullable(),
    names: z.boolean().describe('Whether the result names the label.'),
  })
  .meta({ id: 'WhySeen' })
export type ToolCallBefore = z.infer<typeof ToolCallBefore>

const WhyFinding = z
  .strictObject({
    ...Finding.shape,
    run: z.string(),
    round: z.int(),
    about: z.enum(['label', 'facet']).describe('`facet`: found in other labels of the same answer.'),
  })
  .meta({ id: 'WhyFinding' })
export type WhyFinding = z.infer<typeof WhyFinding>

/** What a later round made of the label. */
const Revision = z
  .strictObject({
    ...place,
    round: z.int(),
    how: z.enum(['added', 'changed', 'kept', 'dropped']),
    wrote: Json,
    differences: z.array(Difference),
  })
  .meta({ id: 'WhyRevision' })
export type Revision = z.infer<typeof Revision>

const WhyDecision = z
  .strictObject({
    action: z.enum(DECISION_ACTIONS),
    by: z.string(),
    at: z.iso.datetime(),
    note: z.string().nullable(),
    value: Json,
    applied: z.boolean().describe('False: it was taken after this version.'),
  })
  .meta({ id: 'WhyDecision' })
export type WhyDecision = z.infer<typeof WhyDecision>

/** Where the publisher says it. */
const Declared = z
  .strictObject({
    source: z.enum(['item', 'chapters-file', 'headings', 'unknown']),
    pointer: z.string().nullable().describe('JSON pointer into the item, where it is said there.'),
  })
  .meta({ id: 'WhyDeclared' })
export type Declared = z.infer<typeof Declared>

/** Why a published label is there: the whole way from what the model saw to what the document says. */
export const Why = z
  .strictObject({
    item: z.string(),
    version: z.int(),
    pointer: z.string(),
    facet: Facet,
    name: z.string(),
    label: Json.describe('As it is published.'),
    origin: Origin,
    story: z
      .array(
        z.strictObject({
          text: z.string(),
          run: z.string().nullable(),
          exchange: z.string().nullable().describe('The call that the sentence speaks of.'),
        }),
      )
      .describe('The answer in plain sentences; the rest of the document is what they rest on.'),
    evidence: z.array(Evidence),
    run: z.string().describe('Published this version.'),
    madeBy: z.string().nullable().describe('The run whose agent made the facet; another one where it was reused.'),
    reused: z.boolean(),
    proposed: Proposal.nullable(),
    seen: z.array(ToolCallBefore),
    findings: z.array(WhyFinding),
    revisions: z.array(Revision),
    decision: WhyDecision.nullable(),
    declared: Declared.nullable().describe('Only where it comes from the publisher.'),
    missing: z.array(z.string()).describe('What cannot be told any more, and why.'),
  })
  .meta({ id: 'Why' })
export type Why = z.infer<typeof Why>
export type Sentence = Why['story'][number]
