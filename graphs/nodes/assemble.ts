import { FacetLabels } from '../../src/content/labels/label-types.ts'
import type { Abstention } from '../../src/content/understanding-schema.ts'
import { AGENTS } from '../agents/registry.ts'
import { applyDecisions } from '../labels/apply-decisions.ts'
import { PUBLISHER_CHAPTERS, publisherChapterLabels, withPublisherAttributes } from '../labels/publisher-labels.ts'
import type { Assembled, State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'

/** Merges what agents drafted, what is reused, what the publisher declares and what people decided. Later sources override earlier ones. */
export const assemble: NodeFunction = (state, run) => {
  const abstentions: Abstention[] = []
  const assembled: Assembled = {}
  const { transcriptOrigin, nearby } = state
  if (transcriptOrigin?.missing) abstentions.push({ facet: 'transcript', reason: transcriptOrigin.missing })
  if (transcriptOrigin?.chapters) abstentions.push({ facet: 'chapters', reason: transcriptOrigin.chapters.reason })
  if (nearby?.again)
    abstentions.push({ facet: 'similar', reason: `neighbours were not looked at: ${nearby.unavailable}` })
  for (const { name, facet } of AGENTS) {
    const labels = labelsOf(name, state, run, abstentions)
    if (labels !== null) assembled[name] = labels
    if (facet === 'chapters') {
      const declared = publisherChapterLabels(run)
      if (declared.length > 0) assembled[name] = { facet: 'chapters', labels: declared }
    }
    if (facet === 'attributes') assembled[name] = withPublisherAttributes(assembled[name], run.item)
  }
  return { assembled: applyDecisions(assembled, run.workspace.intake.get().decisions), abstentions }
}

function labelsOf(
  agent: string,
  { drafts, planned }: State,
  { workspace }: NodeRun,
  abstentions: Abstention[],
): FacetLabels | null {
  const draft = drafts[agent]
  if (draft?.status === 'answered') return draft.labels
  const facet = planned?.facets[agent]
  const abstained = draft?.reason ?? (facet?.action === 'reuse' ? facet.abstained : undefined)
  if (abstained !== undefined) {
    abstentions.push({ facet: agent, reason: abstained })
    return null
  }
  if (facet?.action === 'reuse') return FacetLabels.parse(workspace.intake.get().earlier.get(agent)?.draft)
  if (facet?.action === 'skip' && facet.why !== PUBLISHER_CHAPTERS)
    abstentions.push({ facet: agent, reason: facet.why })
  return null
}
