import { z } from 'zod'
import { Evidence } from '../../content/evidence/evidence.ts'
import type { Item } from '../../content/item.ts'
import type { DocumentLabel } from '../../content/labels/document-labels.ts'
import { Origin } from '../../content/labels/label-type.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import type { Decision } from '../../database/records.ts'
import type { RecordedRun } from '../../ledger/recorded-run.ts'
import { decisionAbout } from './decision-about.ts'
import { foundAbout } from './found-about.ts'
import { labelAt, type Pointed } from './label-pointer.ts'
import { makingOf } from './proposals.ts'
import { json } from './to-json.ts'
import type { Declared, Why, WhyFinding } from './why-answer.ts'
import { storyOf } from './why-story.ts'

export interface WhySources {
  document: Understanding
  /** The runs that {@link runsBehind} names, by id. Those that are gone are left out. */
  runs: ReadonlyMap<string, RecordedRun>
  /** The decisions as they are now. */
  decisions: readonly Decision[]
  /** The item as the publishing run got it. Null if that is gone. */
  item: Item | null
}

/** The run that published a document, and the run that made the facet if the document reuses it. */
export function runsBehind({ provenance }: Understanding, facet: string): string[] {
  const made = provenance.facets[facet]?.run
  return [...new Set([provenance.runId, ...(made === undefined ? [] : [made])])]
}

/** Why a label is in a document, or what is wrong with the pointer. */
export function explainLabel(
  pointer: string,
  { document, runs, decisions, item }: WhySources,
): { kind: 'why'; why: Why } | Exclude<Pointed, { kind: 'label' }> {
  const pointed = labelAt(document, pointer)
  if (pointed.kind !== 'label') return pointed
  const { label } = pointed
  const published = Published.parse(label.value)
  const { runId, facets } = document.provenance
  const made = facets[label.facet]
  const [publishing, making] = [runs.get(runId), made === undefined ? undefined : runs.get(made.run)]

  const decision = decisionAbout(label, decisions, publishing)
  const origin = published.origin ?? (decision?.applied === true ? 'person' : 'model')
  const names = [label.name, ...namesOf(label)]
  const { proposed, seen, revisions } =
    making === undefined || made === undefined || origin === 'publisher'
      ? { proposed: null, seen: [], revisions: [] }
      : makingOf({ ...label, names }, { runId: made.run, run: making, agent: label.facet, prompt: made.prompt })
  const facts = {
    item: document.item.id,
    version: document.version,
    pointer: label.pointer,
    facet: label.facet,
    name: label.name,
    label: json(label.value),
    origin,
    evidence: published.evidence,
    run: runId,
    madeBy: origin === 'publisher' ? null : (made?.run ?? null),
    reused: origin !== 'publisher' && made !== undefined && made.run !== runId,
    proposed,
    seen,
    findings: origin === 'publisher' ? [] : findings(label, runs, runsBehind(document, label.facet)),
    revisions,
    decision,
    declared: origin === 'publisher' ? declaredBy(label, item) : null,
    missing: missingSources({
      origin,
      proposed: proposed !== null,
      making,
      made: made?.run ?? null,
      publishing,
      runId,
    }),
  }
  const abstained = document.abstentions.some(({ facet }) => facet === 'critique')
  return { kind: 'why', why: { ...facts, story: storyOf(facts, { verdict: document.critique.verdict, abstained }) } }
}

const Published = z.object({ origin: Origin.optional(), evidence: z.array(Evidence).default([]) })

const Named = z.object({ name: z.string(), id: z.string(), aliases: z.array(z.string()) }).partial()

/** The names that a tool's result would use for the label. */
function namesOf({ facet, value }: DocumentLabel): string[] {
  const { name, id, aliases = [] } = Named.parse(value)
  return [...(name === undefined ? [] : [name]), ...(facet === 'topics' && id ? [`"id":"${id}"`] : []), ...aliases]
}

/** Where the publisher declares it: in the item, in a file of chapters, or in the transcript's own headings. */
function declaredBy({ facet, name }: Pick<DocumentLabel, 'facet' | 'name'>, item: Item | null): Declared {
  if (item === null) return { source: 'unknown', pointer: null }
  if (facet === 'attributes') return { source: 'item', pointer: '/explicit' }
  if (item.chapters.length > 0) {
    const at = item.chapters.findIndex(({ title }) => title === name)
    return { source: 'item', pointer: at < 0 ? '/chapters' : `/chapters/${at}` }
  }
  return { source: item.chaptersUrl === undefined ? 'headings' : 'chapters-file', pointer: null }
}

/** The findings of all runs behind the label, each once: a reused judgement is in two of them. */
function findings(label: DocumentLabel, runs: ReadonlyMap<string, RecordedRun>, ids: readonly string[]): WhyFinding[] {
  const all = [...ids].reverse().flatMap((id) => {
    const run = runs.get(id)
    return run === undefined ? [] : foundAbout(label, run, id)
  })
  const firstByKey = new Map<string, WhyFinding>()
  for (const finding of all) {
    const key = `${finding.by} ${finding.severity} ${finding.message}`
    if (!firstByKey.has(key)) firstByKey.set(key, finding)
  }
  return [...firstByKey.values()]
}

function missingSources(found: {
  origin: Origin
  proposed: boolean
  making: RecordedRun | undefined
  made: string | null
  publishing: RecordedRun | undefined
  runId: string
}): string[] {
  const { origin, proposed, making, made, publishing, runId } = found
  const gone = (run: string) => `What run ${run} recorded is gone: more cannot be told of it.`
  const lines = publishing === undefined ? [gone(runId)] : []
  if (origin === 'publisher') return lines
  if (made !== null && making === undefined && made !== runId) lines.push(gone(made))
  else if (making !== undefined && !proposed)
    lines.push(
      origin === 'person'
        ? 'No answer of a model holds it as it stands: it is as the person has it.'
        : 'No recorded answer holds it as it stands.',
    )
  return lines
}
