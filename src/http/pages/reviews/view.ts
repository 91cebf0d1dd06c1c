import { z } from 'zod'
import { Evidence } from '../../../content/evidence/evidence.ts'
import { Prevalence, Risk, Treatment } from '../../../content/labels/suitability-label.ts'
import { Finding } from '../../../content/understanding-schema.ts'
import type { Review } from '../../../database/records.ts'

const Label = z.looseObject({
  name: z.string(),
  risk: Risk.optional(),
  prevalence: Prevalence.optional(),
  treatment: Treatment.optional(),
  score: z.number().optional(),
})
const Question = z.looseObject({
  title: z.string().default(''),
  label: Label.optional().catch(undefined),
  findings: z.array(Finding).catch([]),
  evidence: z.array(Evidence).catch([]),
})

/** The question to a person, as far as it can be read. */
export type QuestionView = z.output<typeof Question>

export function viewQuestion({ question }: Pick<Review, 'question'>): QuestionView {
  return Question.safeParse(question).data ?? { title: '', label: undefined, findings: [], evidence: [] }
}

/** The form of one review. `amend` names what changes. Fields that did not change are not sent on. */
export const Decision = z.object({
  action: z.enum(['approve', 'amend', 'reject']),
  by: z.string().trim().min(1, 'say who decides').max(200),
  note: z.string().trim().max(10_000).default(''),
  prevalence: Prevalence.optional().catch(undefined),
  treatment: Treatment.optional().catch(undefined),
  risk: Risk.optional().catch(undefined),
})
export type Decision = z.output<typeof Decision>

/** The fields that a person has amended. Null for the other actions. */
export function changesOf(decision: Decision, { label }: QuestionView): Record<string, string> | null {
  if (decision.action !== 'amend') return null
  const { prevalence, treatment, risk } = decision
  const changes = {
    ...(prevalence !== undefined && prevalence !== label?.prevalence ? { prevalence } : {}),
    ...(treatment !== undefined && treatment !== label?.treatment ? { treatment } : {}),
    // Without a choice, the risk follows from the rest.
    ...(risk === undefined ? {} : { risk }),
  }
  return changes
}
