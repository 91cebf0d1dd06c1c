import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import type { ReviewView } from '../service/service-answers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { quotes } from './render-evidence.ts'
import { safe } from './terminal-layout.ts'

const Question = z.object({
  title: z.string().catch(''),
  label: z
    .object({ name: z.string(), risk: z.string().optional(), treatment: z.string().optional() })
    .optional()
    .catch(undefined),
  findings: z.array(z.object({ message: z.string() })).catch([]),
  evidence: z.array(Evidence).catch([]),
})

/** A question to people: the label, why it is asked about, and the words that support it. */
export function reviewText(
  { id, itemId, facet, key, question, decision }: ReviewView,
  { style, columns }: Terminal,
): string {
  const asked = Question.safeParse(question).data
  const label = [asked?.label?.name ?? key, asked?.label?.risk, asked?.label?.treatment].filter(
    (part) => part !== undefined,
  )
  const answer = decision === null ? style.warn('open') : `${decision.action} by ${safe(decision.by)}`
  return [
    `${style.bold(id)}  ${answer}`,
    `  ${facet}: ${label.map(safe).join(' · ')} ${style.dim(`in ${safe(asked?.title || itemId)}`)}`,
    ...(asked?.findings ?? []).map(({ message }) => style.dim(`  why: ${safe(message)}`)),
    ...quotes(asked?.evidence ?? [], { style, columns, indent: '  ', most: 3 }),
    '',
  ].join('\n')
}
