import { z } from 'zod'
import { InvalidDecision } from '../../src/content/invalid-decision.ts'
import { DraftSuitability } from '../../src/content/labels/suitability-label.ts'
import type { Decision, Review } from '../../src/database/records.ts'
import { riskOf } from '../../src/taxonomy/suitability-risk.ts'
import { readAmendment } from './amendment.ts'

const Question = z.object({ label: DraftSuitability })

/**
 * The whole label that a decision keeps: the label that the review is about, with the changes of `amend`. It is kept whole so that it
 * stays even if no agent proposes it again. Its risk follows from the rest unless the person names one. Null for `reject`.
 * @throws {InvalidDecision}
 */
export function decidedLabel(
  { question }: Pick<Review, 'question'>,
  { action, value }: Pick<Decision, 'action' | 'value'>,
): DraftSuitability | null {
  if (action === 'reject') return null
  const asked = Question.safeParse(question)
  if (!asked.success)
    throw new InvalidDecision([
      { path: ['action'], message: 'this review does not say which label it asks about; reject it' },
    ])
  const { label } = asked.data
  if (action === 'approve') return label
  const read = readAmendment(value)
  if ('mistakes' in read) throw new InvalidDecision(read.mistakes)
  const { prevalence = label.prevalence, treatment = label.treatment, risk } = read.amendment
  return { ...label, prevalence, treatment, risk: risk ?? riskOf({ ...label, prevalence, treatment }) }
}
