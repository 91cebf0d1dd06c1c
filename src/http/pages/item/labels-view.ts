import type { Evidence } from '../../../content/evidence/evidence.ts'
import { ATTRIBUTE_NAMES } from '../../../content/labels/attribute-label.ts'
import type { Origin } from '../../../content/labels/label-type.ts'
import { FACETS, type Facet, labelType } from '../../../content/labels/label-types.ts'
import type { Risk } from '../../../content/labels/suitability-label.ts'
import type { Understanding } from '../../../content/understanding-schema.ts'
import { groupBy } from '../parts/group-by.ts'
import { type Place, type PlaceText, placesOf } from './label-places.ts'

/** One label of a version, as all facets are shown. */
export interface LabelView {
  /** JSON pointer into the document, `/topics/0`. */
  pointer: string
  /** The same as an id in the page, `topics-0`; quotes name the labels that they support by it. */
  id: string
  name: string
  /** What is said of it beside its name. */
  detail: string
  score: number | null
  origin: Origin | null
  contested: boolean
  risk: Risk | null
  evidence: readonly Evidence[]
  /** Where it stands in the transcript, in order. */
  places: readonly Place[]
}

/** A label before its places are looked up. */
type UnplacedLabel = Omit<LabelView, 'places'> & {
  /** Names under which it is said. */
  names?: readonly string[]
}

export interface FacetView {
  facet: Facet
  title: string
  labels: LabelView[]
  /** Why the facet, or a part of it, was not answered, where that is no {@link commonAbstentions | reason of several}. */
  abstained: string[]
  /** It has no labels because it was not answered. */
  unanswered: boolean
}

/** The labels of a version by facet, chapters apart: those are the timeline. */
export function facetsOf(document: Understanding, words: PlaceText): FacetView[] {
  const common = new Set(commonAbstentions(document).map(({ reason }) => reason))
  const view = (facet: Facet, unplaced: UnplacedLabel[]): FacetView => {
    const labels = unplaced.map(({ names = [], ...label }) => ({
      ...label,
      places: placesOf(label.evidence, names, words),
    }))
    const reasons = document.abstentions.filter((one) => one.facet === facet).map(({ reason }) => reason)
    return {
      facet,
      title: labelType(facet).title,
      labels,
      abstained: reasons.filter((reason) => !common.has(reason)),
      unanswered: labels.length === 0 && reasons.length > 0,
    }
  }
  return [
    view('summary', claims(document)),
    view('topics', topics(document)),
    view('entities', entities(document)),
    view('suitability', suitability(document)),
    view('attributes', attributes(document)),
  ]
}

/** Reasons that several facets have, and those of what has no section of its own: each is told once, for all. */
export function commonAbstentions({ abstentions }: Pick<Understanding, 'abstentions'>): {
  reason: string
  facets: string[]
}[] {
  return [...groupBy(abstentions, ({ reason }) => reason)]
    .map(([reason, some]) => ({ reason, facets: [...new Set(some.map(({ facet }) => facet))] }))
    .filter(({ facets: [first = '', ...more] }) => more.length > 0 || first === 'chapters' || !FACETS.includes(first))
}

const at = (facet: string, n: number | string) => ({ pointer: `/${facet}/${n}`, id: `${facet}-${n}`.replace('/', '-') })

function claims({ summary }: Understanding): UnplacedLabel[] {
  return (summary?.claims ?? []).map(({ text, evidence }, n) => ({
    pointer: `/summary/claims/${n}`,
    id: `claim-${n}`,
    name: text,
    detail: '',
    score: null,
    origin: null,
    contested: false,
    risk: null,
    evidence,
  }))
}

function topics({ topics: all }: Understanding): UnplacedLabel[] {
  return all.map((topic, n) => ({
    ...at('topics', n),
    ...common(topic),
    name: topic.name,
    detail: `${topic.path.slice(0, -1).join(' › ')}${topic.path.length > 1 ? ' · ' : ''}${topic.taxonomy} ${topic.id}`,
  }))
}

function entities({ entities: all }: Understanding): UnplacedLabel[] {
  return all.map((entity, n) => {
    const also = entity.aliases.length > 0 ? ` · also ${entity.aliases.join(', ')}` : ''
    const mentions = `${entity.mentions} ${entity.mentions === 1 ? 'mention' : 'mentions'}`
    return {
      ...at('entities', n),
      ...common(entity),
      name: entity.name,
      names: [entity.name, ...entity.aliases],
      detail: `${entity.type} · ${mentions}${also}`,
    }
  })
}

function suitability({ suitability: all }: Understanding): UnplacedLabel[] {
  return all.map((label, n) => ({
    ...at('suitability', n),
    ...common(label),
    name: label.name,
    detail: `${label.prevalence}, ${label.treatment}`,
    risk: label.risk,
  }))
}

function attributes({ attributes: all }: Understanding): UnplacedLabel[] {
  return ATTRIBUTE_NAMES.flatMap((name) => {
    const attribute = all[name]
    if (attribute === undefined) return []
    return [{ ...at('attributes', name), ...common(attribute), name: attribute.value, detail: name }]
  })
}

interface Common {
  score: number
  origin: Origin
  contested: boolean
  evidence: readonly Evidence[]
}

function common({ score, origin, contested, evidence }: Common) {
  return { score, origin, contested, evidence, risk: null }
}
