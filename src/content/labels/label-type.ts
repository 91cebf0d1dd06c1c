import { z } from 'zod'
import { Evidence } from '../evidence/evidence.ts'
import { EvidenceRef } from '../evidence/evidence-ref.ts'

export const Origin = z.enum(['model', 'publisher', 'person'])
export type Origin = z.infer<typeof Origin>

const Score = z.number().min(0).max(1)
const Key = z.string().describe('What makes it this label, in every version of the item; unique within its facet.')

/** The common fields of a judged label before its evidence is verified. It has references instead of quotes. */
export const judgedDraft = {
  key: Key,
  score: Score,
  contested: z.boolean(),
  origin: Origin,
  refs: z.array(EvidenceRef),
}

/**
 * The common fields of a judged label in a document. `score` is comparable only within one model and agent version; `confidence` is
 * calibrated or null.
 */
export const judged = {
  key: Key,
  score: Score,
  confidence: Score.nullable(),
  contested: z.boolean(),
  origin: Origin,
  evidence: z.array(Evidence),
}

/** The fields that all labels have before publication. The schema of the facet defines the others. */
export interface DraftLabel {
  key: string
  score?: number
  contested?: boolean
  /** Who made the label; left out if only models did. */
  origin?: Origin
  /** Left out for a label that needs no quotes. */
  refs?: EvidenceRef[]
}

/** A label as the database holds it, for search and filters. */
export interface LabelRow {
  facet: string
  key: string
  taxonomy: string | null
  /** The identifier in its taxonomy. */
  labelId: string | null
  name: string
  score: number | null
  origin: Origin
}

/** A label of a published document. */
export interface PublishedLabel<Fields> {
  /** JSON pointer into the document: `/topics/0`, `/summary/claims/2`, `/attributes/format`. */
  pointer: string
  fields: Fields
  /** The label as the document holds it. */
  value: unknown
}

/** How a page shows a label. */
export interface ShownLabel {
  name: string
  /** Details beside the name; empty if there are none. */
  detail: string
  /** Names that the texts use for it. */
  spokenAs: readonly string[]
}

/** An entry of a model's answer, by its JSON pointer into the arguments of `submit_<agent>`. */
export interface AnswerEntry {
  pointer: string
  entry: unknown
}

/** Finds the quotes that references point at; `words` choose the sentence if a reference has no quote. */
export type EvidenceOf = (refs: readonly EvidenceRef[], words: string) => Evidence[]

/**
 * Everything that the system needs to know about one kind of label; a facet is a list of labels of one type. `Fields` holds the fields that
 * a draft and a published label share. `Part` is the part of the document that the facet fills.
 * The functions are methods so that one list can hold types of different labels. A label is matched to its type only by its facet.
 */
export interface LabelType<Fields extends { key: string }, Draft extends Fields & DraftLabel, Part extends object> {
  readonly facet: string
  /** The heading above the labels of the facet on pages. */
  readonly title: string
  readonly draft: z.ZodType<Draft>
  /**
   * What happens to a model's label that the critic objects to: it is published as contested, it is left out, it waits for a
   * person, or the critic is not asked about it.
   */
  readonly objected: 'contest' | 'omit' | 'review' | 'not-asked'
  /** The label's JSON pointer in the document. `index` counts the labels of the facet. */
  pointer(label: Fields, index: number): string
  /** The subject of the label in few words: these words choose the sentence that is quoted. */
  words(label: Fields): string
  /** The label in words, for people, in one line. */
  name(label: Fields): string
  /** The same with more detail. */
  shown(label: Fields): ShownLabel
  /** The statement that the critic judges. */
  claim(label: Fields): string
  /** Whether the critic should judge this label when the effort allows only a selection. */
  isDoubtful(label: Draft): boolean
  /** Null if nobody searches for items by this label. */
  row(label: Draft): LabelRow | null
  publish(labels: readonly Draft[], evidenceOf: EvidenceOf): Part
  /** The labels of a document, in its order. */
  published(part: Part): PublishedLabel<Fields>[]
  /** The place of the label in the arguments of `submit_<agent>`. An entry that cannot be read is not a label. */
  inAnswer(answer: unknown, label: Fields): AnswerEntry | null
  /** Whether a candidate that the model was offered is this label. */
  isOffered(candidate: unknown, label: Fields): boolean
}

/** The first entry of a list in a model's answer that meets the condition. */
export function findEntry(answer: unknown, list: string, passes: (entry: unknown) => boolean): AnswerEntry | null {
  const entries = entriesIn(answer, list)
  const at = entries.findIndex(passes)
  return at < 0 ? null : { pointer: `/${list}/${at}`, entry: entries[at] }
}

/** The entries of a list in a model's answer. */
export function entriesIn(answer: unknown, list: string): unknown[] {
  const members = z.record(z.string(), z.unknown()).safeParse(answer).data ?? {}
  return z.array(z.unknown()).safeParse(members[list]).data ?? []
}

/** The published form of a judged draft. */
export function withEvidence<Draft extends z.output<z.ZodObject<typeof judgedDraft>>>(
  { refs, ...draftFields }: Draft,
  words: string,
  evidenceOf: EvidenceOf,
): Omit<Draft, 'refs'> & { confidence: null; evidence: Evidence[] } {
  return { ...draftFields, confidence: null, evidence: evidenceOf(refs, words) }
}
