import { labelType } from '../../src/content/labels/label-types.ts'
import { DraftSuitability } from '../../src/content/labels/suitability-label.ts'
import { type Sha256, sha256 } from '../../src/content/text/hash.ts'
import type {
  Abstention,
  FacetProvenance,
  Understanding,
  UnplacedDocument,
} from '../../src/content/understanding-schema.ts'
import type { NewFacet } from '../../src/database/records.ts'
import type { KeptDraft, Usage } from '../agents/agent-draft.ts'
import { AGENTS } from '../agents/registry.ts'
import { budgetNotes, estimateNotes } from '../agents/usage.ts'
import { placesOf } from '../labels/resolve-evidence.ts'
import { GRAPH_VERSION, intakeHash } from '../plan/fingerprints.ts'
import { contentsOf } from '../publication/document.ts'
import { reviewsFor } from '../publication/open-reviews.ts'
import { claimsWithRights, findingsWithRights } from '../publication/rights.ts'
import { settle, type Withheld } from '../publication/settle.ts'
import type { Assembled, State } from '../state.ts'
import type { NodeFunction, NodeRun } from '../step.ts'
import { textsIn } from '../workspace.ts'

/** An item below this score is only the nearest one that exists. It is not similar. */
const SIMILAR_AT = 0.6

/** Writes the version in one transaction: document, labels, facets, texts and the reviews that it opens. It is idempotent per run. */
export const publish: NodeFunction = async (state, run) => {
  const places = placesOf(state, run)
  const findings = state.judgement?.findings ?? []
  const { settled, withheld } = settle(state.assembled ?? {}, findings)
  const reviews = reviewsFor(withheld, places, run)
  const abstentions: Abstention[] = [...state.abstentions, ...unjudged(state), ...withheld.map(awaitingReview)]
  const status = abstentions.length === 0 ? ('complete' as const) : ('partial' as const)
  const allowed = claimsWithRights(settled, run.item.rights, places)
  const contents = contentsOf(allowed.assembled, places, run.item.rights)
  const facets = provenance(state, run)
  const { decisions, configuration } = run.workspace.intake.get()
  const { durationMs, validators } = run.workspace.transcript.get()
  const document: UnplacedDocument = {
    schema: 'linernotes/understanding/1',
    item: describe(state, run),
    status,
    texts: textsOf(state),
    timeline: { audioUrl: run.item.audio?.url ?? null, durationMs },
    ...contents,
    similar: run.workspace.neighbours
      .get()
      .neighbourhood.items.filter(({ score }) => score >= SIMILAR_AT)
      .slice(0, 8)
      .map(({ itemId, score }) => ({ itemId, score: Math.max(0, Math.min(1, score)) })),
    duplicateOf: state.nearby?.duplicateOf ?? null,
    abstentions,
    critique: {
      verdict: withheld.length > 0 ? 'contested' : verdictOf(state),
      revisions: state.round,
      findings: findingsWithRights([...(state.verification?.findings ?? []), ...findings], run.item.rights),
      evidence: state.verification?.counts ?? { verbatim: 0, drift: 0, fabricated: 0 },
    },
    provenance: {
      runId: run.run.id,
      graph: GRAPH_VERSION,
      effort: run.settings.effort,
      engine: run.settings.engine,
      facets,
      costUsd: run.spent().usd,
      ms: run.clock() - run.startedAt,
      notes: [...notesOf(state, run), ...withoutSupport(state, settled), ...allowed.notes],
    },
  }
  const published = await run.publish({
    document,
    labels: Object.values(settled).flatMap(({ facet, labels }) =>
      labels.flatMap((label) => labelType(facet).row(label) ?? []),
    ),
    facets: drafts(state, facets, run),
    texts: textsIn(run.workspace),
    reviews,
    intakeHash: intakeHash({
      item: run.item,
      configuration,
      decisions,
      validators,
      ...(isUnfinished(state, run) ? { unfinished: run.run.id } : {}),
    }),
  })
  return { published: { ...published, status } }
}

/** Facets for which most items have something. If an agent answered and none of its labels was kept, the document says so. */
const EXPECTED = ['summary', 'attributes'] as const

function withoutSupport({ drafts, planned }: State, settled: Assembled): string[] {
  return EXPECTED.flatMap((facet) => {
    const plan = planned?.facets[facet]
    const reused = plan?.action === 'reuse' && plan.abstained === undefined
    return (drafts[facet]?.status === 'answered' || reused) && (settled[facet]?.labels.length ?? 0) === 0
      ? [`${facet}: nothing in the texts supports an answer`]
      : []
  })
}

function awaitingReview({ facet, label }: Withheld): Abstention {
  const suitability = DraftSuitability.safeParse(label).data
  return {
    facet,
    reason: `awaiting review: ${labelType(facet).words(label)}`,
    ...(suitability && {
      withheld: { category: suitability.category, name: suitability.name, risk: suitability.risk },
    }),
  }
}

/** If the critic was asked and gave no answer, it is missing like any other agent. What it might have doubted is published. */
function unjudged({ judgement }: State): Abstention[] {
  const abstained = judgement?.abstained
  return abstained === undefined ? [] : [{ facet: 'critique', reason: abstained.reason }]
}

/** What failed only for now is tried again when the item comes again, even if the item has not changed. */
function isUnfinished({ drafts, judgement, transcriptOrigin, nearby }: State, { workspace }: NodeRun): boolean {
  return (
    workspace.neighbours.get().vectorsAway ||
    nearby?.again === true ||
    transcriptOrigin?.again === true ||
    transcriptOrigin?.chapters?.again === true ||
    judgement?.abstained?.again === true ||
    Object.values(drafts).some((draft) => draft.status === 'abstained' && draft.again)
  )
}

function describe(state: State, { item, itemId, workspace }: NodeRun): Understanding['item'] {
  return {
    id: itemId,
    kind: item.kind,
    title: item.title,
    ...(item.parent === undefined ? {} : { parent: item.parent }),
    language: state.segmentation?.language ?? item.language ?? null,
    durationMs: workspace.transcript.get().durationMs,
    ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
    contentHash: contentHash(state.texts),
  }
}

function contentHash(texts: State['texts']): Sha256 {
  return sha256(
    Object.keys(texts)
      .sort()
      .map((source) => `${source} ${texts[source]?.hash}`)
      .join('\n'),
  )
}

function textsOf({ texts }: State): Understanding['texts'] {
  const { transcript, title, description } = texts
  return { ...(transcript && { transcript }), ...(title && { title }), ...(description && { description }) }
}

function verdictOf({ judgement }: State): Understanding['critique']['verdict'] {
  return judgement === null || judgement.verdict === 'revise' ? 'skipped' : judgement.verdict
}

const fromUsage = ({ prompt, model, tokens, costUsd, ms }: Usage) => ({ prompt, model, tokens, costUsd, ms })

/** Where each facet comes from: this run's agents, or the run from which it is reused. */
function provenance(state: State, run: NodeRun): Record<string, FacetProvenance> {
  const facets: Record<string, FacetProvenance> = {}
  for (const { name } of AGENTS) {
    const planned = state.planned?.facets[name]
    const draft = state.drafts[name]
    const earlier = run.workspace.intake.get().earlier.get(name)
    if (draft !== undefined && planned !== undefined && planned.action !== 'skip') {
      facets[name] = { run: run.run.id, fingerprint: planned.fingerprint, ...fromUsage(draft.usage) }
    } else if (planned?.action === 'reuse' && earlier !== undefined) facets[name] = earlier.provenance
  }
  const { usage = null, fingerprint = null, reused = false } = state.judgement ?? {}
  const critic = run.workspace.intake.get().earlier.get('critique')
  if (usage !== null && fingerprint !== null) facets.critique = { run: run.run.id, fingerprint, ...fromUsage(usage) }
  else if (reused && critic !== undefined) facets.critique = critic.provenance
  return facets
}

/**
 * What later runs may reuse: what agents answered in this run, the abstentions that another attempt would not change, and the critic's
 * judgement.
 */
function drafts(state: State, facets: Record<string, FacetProvenance>, { run, workspace }: NodeRun): NewFacet[] {
  if (workspace.neighbours.get().vectorsAway) return []
  const answered = Object.entries(state.drafts).flatMap(([facet, draft]): NewFacet[] => {
    const made = facets[facet]
    if (made === undefined || (draft.status === 'abstained' && draft.again)) return []
    const storedDraft: KeptDraft = draft.status === 'answered' ? draft.labels : { abstained: draft.reason }
    return [{ facet, fingerprint: made.fingerprint, runId: run.id, draft: storedDraft, provenance: made }]
  })
  const made = facets.critique
  if (state.judgement === null || made === undefined || state.judgement.reused) return answered
  const { findings } = state.judgement
  return [
    ...answered,
    { facet: 'critique', fingerprint: made.fingerprint, runId: run.id, draft: { findings }, provenance: made },
  ]
}

function notesOf({ notes, nearby, drafts, judgement }: State, { workspace, unpriced }: NodeRun): string[] {
  const usages = [...Object.values(drafts).map(({ usage }) => usage), judgement?.usage]
  const away = nearby?.unavailable ? [`without neighbours: ${nearby.unavailable}`] : []
  return [
    ...notes,
    ...(workspace.transcript.get().transcript?.warnings ?? []).map((warning) => `transcript: ${warning}`),
    ...away,
    ...estimateNotes(usages),
    ...budgetNotes(usages, unpriced),
  ]
}
