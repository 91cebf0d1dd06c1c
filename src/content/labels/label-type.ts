import { z } from 'zod'
import { Evidence } from '../evidence/evidence.ts'
import { EvidenceRef } from '../evidence/evidence-ref.ts'

export const Origin = z.enum(['model', 'publisher', 'person'])
export type Origin = z.infer<typeof Origin>

const Score = z.number().min(0).max(1)
const Key = z.string().describe('What makes it this label, in every version of the item; unique within its facet.')

/** What a judged label carries before its evidence is verified: references instead of quotes. */
export const judgedDraft = {
  key: Key,
  score: Score,
  contested: z.boolean(),
  origin: Origin,
  refs: z.array(EvidenceRef),
}

/**
 * What a judged label carries in a document. `score` is comparable only within one model and agent version; `confidence` is calibrated
 * or null.
 */
export const judged = {
  key: Key,
  score: Score,
  confidence: Score.nullable(),
  contested: z.boolean(),
  origin: Origin,
  evidence: z.array(Evidence),
}

/** A label before publication, as far as all labels are alike. Its facet's schema says the rest. */
export interface DraftLabel {
  key: string
  score?: number
  contested?: boolean
  /** Whoever says it; left out where only models do. */
  origin?: Origin
  /** Left out where a label needs no words of the texts. */
  refs?: EvidenceRef[]
}

/** A label as the database holds it, for search and filters. */
export interface LabelRow {
  facet: string
  key: string
  taxonomy: string | null
  /** In its taxonomy. */
  labelId: string | null
  name: string
  score: number | null
  origin: Origin
}

/** A label of a published document. */
export interface PublishedLabel<Said> {
  /** JSON pointer into the document: `/topics/0`, `/summary/claims/2`, `/attributes/format`. */
  pointer: string
  said: Said
  /** As it stands in the document. */
  value: unknown
}

/** How a page shows a label. */
export interface ShownLabel {
  name: string
  /** What is said of it beside its name; empty where that is all. */
  detail: string
  /** Names under which it is spoken of in the texts. */
  spokenAs: readonly string[]
}

/** An entry of a model's answer, by its JSON pointer into the arguments of `submit_<agent>`. */
export interface AnswerEntry {
  pointer: string
  entry: unknown
}

/** Finds the words that references point at; `words` choose the sentence where a reference has no quote. */
export type EvidenceOf = (refs: readonly EvidenceRef[], words: string) => Evidence[]

/**
 * All that the system asks of one kind of label; a facet is a list of labels of one type. `Said` is what a draft and the published label
 * both say, `Part` is the part of the document that the facet fills.
 * The functions are methods so that types of different labels stand in one list. A label reaches its type by its facet alone.
 */
export interface LabelType<Said extends { key: string }, Draft extends Said & DraftLabel, Part extends object> {
  readonly facet: string
  /** Stands over the labels of the facet where people read them. */
  readonly title: string
  readonly draft: z.ZodType<Draft>
  /**
   * What happens to a model's label that the critic objects to: it is published as contested, it is left out, it waits for a
   * person, or the critic is not asked about it.
   */
  readonly objected: 'contest' | 'omit' | 'review' | 'not-asked'
  /** Where a label stands in the document. `index` counts the labels of the facet. */
  pointer(label: Said, index: number): string
  /** What the label is about, in few words: they choose the sentence that carries it. */
  words(label: Said): string
  /** What it says, for people, in one line. */
  name(label: Said): string
  /** The same where there is room for more. */
  shown(label: Said): ShownLabel
  /** What the critic is asked to judge. */
  claim(label: Said): string
  /** Whether the critic should look at it where the effort lets it choose. */
  isDoubtful(label: Draft): boolean
  /** Null where nobody looks for items by it. */
  row(label: Draft): LabelRow | null
  publish(labels: readonly Draft[], evidenceOf: EvidenceOf): Part
  /** The labels of a document, in its order. */
  published(part: Part): PublishedLabel<Said>[]
  /** Where the arguments of `submit_<agent>` hold the label. What cannot be read is no label. */
  inAnswer(answer: unknown, label: Said): AnswerEntry | null
  /** Whether a candidate that was offered to the model is this label. */
  isOffered(candidate: unknown, label: Said): boolean
}

/** The first entry of a list in a model's answer that passes. */
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

/** A judged draft as it is published. */
export function withEvidence<Draft extends z.output<z.ZodObject<typeof judgedDraft>>>(
  { refs, ...said }: Draft,
  words: string,
  evidenceOf: EvidenceOf,
): Omit<Draft, 'refs'> & { confidence: null; evidence: Evidence[] } {
  return { ...said, confidence: null, evidence: evidenceOf(refs, words) }
}
