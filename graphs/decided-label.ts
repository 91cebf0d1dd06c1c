import { z } from 'zod'
import type { Decision, Review } from '../src/database/records.ts'
import { riskOf } from '../src/taxonomy/risk.ts'
import { DraftSuitability } from './drafts.ts'

/** A person's answer does not make a label; the message says what is wrong in it. */
export class InvalidDecision extends Error {
  override readonly name = 'InvalidDecision'
}

const Question = z.object({ label: DraftSuitability })
const Change = z.record(z.string(), z.unknown())

/**
 * The label that a decision lets stand, whole, so that it lasts also where no agent proposes it again: the label asked about,
 * with what `amend` changes in it. Its risk follows from the rest unless the person names one. Null for `reject`.
 * @throws {InvalidDecision}
 */
export function decidedLabel(
  { question, key }: Pick<Review, 'question' | 'key'>,
  { action, value }: Pick<Decision, 'action' | 'value'>,
): DraftSuitability | null {
  if (action === 'reject') return null
  const asked = Question.safeParse(question)
  if (!asked.success) throw new InvalidDecision('this review does not say which label it asks about; reject it')
  const { label } = asked.data
  if (action === 'approve') return label
  const change = Change.safeParse(value)
  if (!change.success) throw new InvalidDecision('"amend" needs an object with the fields to change')
  const amended = DraftSuitability.safeParse({ ...label, ...change.data, key, category: label.category })
  if (!amended.success) throw new InvalidDecision(`the amended label is not valid: ${z.prettifyError(amended.error)}`)
  return 'risk' in change.data ? amended.data : { ...amended.data, risk: riskOf(amended.data) }
}
