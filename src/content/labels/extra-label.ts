import { z } from 'zod'
import { Evidence } from '../evidence/evidence.ts'
import { EvidenceRef } from '../evidence/evidence-ref.ts'
import type { Contents } from './contents.ts'
import { type DraftLabel, findEntry, type LabelType } from './label-type.ts'

/** The definition of a facet of your own. The document holds its labels under `extra.<facet>`. */
export interface ExtraFacet<Fields> {
  facet: string
  /** The heading above the labels on pages. */
  title: string
  /** The fields of a label besides key and evidence: a `z.object`, which ignores all other fields. */
  fields: z.ZodType<Fields>
  /** The identity of the label, the same in every version. */
  key(label: Fields): string
  /** The label in words, for people; these words choose the sentence that is quoted for it. */
  name(label: Fields): string
}

const Draft = z.object({ key: z.string(), refs: z.array(EvidenceRef) })
const Published = z.object({ key: z.string(), evidence: z.array(Evidence) })

/** The type of a user's labels. Code verifies their quotes as for all other labels; the critic is not asked about them. */
export function extraLabel<Fields extends object>(
  extra: ExtraFacet<Fields>,
): LabelType<Fields & { key: string }, Fields & DraftLabel, Partial<Contents>> {
  const { facet, title, name } = extra
  const isSame = (entry: unknown, key: string): boolean => {
    const read = extra.fields.safeParse(entry)
    return read.success && extra.key(read.data) === key
  }
  const pointer = (index: number) => `/extra/${facet}/${index}`
  return {
    facet,
    title,
    draft: Draft.and(extra.fields),
    objected: 'not-asked',
    pointer: (_, index) => pointer(index),
    words: name,
    name,
    shown: (label) => ({ name: name(label), detail: '', spokenAs: [] }),
    claim: name,
    isDoubtful: () => false,
    row: () => null,
    publish: (labels, evidenceOf) => ({
      extra: {
        [facet]: z.json().parse(
          labels.map(({ refs = [], ...label }) => ({
            ...label,
            evidence: evidenceOf(refs, name(extra.fields.parse(label))),
          })),
        ),
      },
    }),
    published: ({ extra: all = {} }) =>
      z
        .array(Published.and(extra.fields))
        .catch([])
        .parse(all[facet])
        .map((value, n) => ({ pointer: pointer(n), fields: value, value })),
    inAnswer(answer, { key }) {
      const found = listsOf(answer).map((list) => findEntry(answer, list, (entry) => isSame(entry, key)))
      return found.find((entry) => entry !== null) ?? null
    },
    isOffered: (candidate, { key }) => isSame(candidate, key),
  }
}

const listsOf = (answer: unknown): string[] =>
  Object.keys(z.record(z.string(), z.unknown()).safeParse(answer).data ?? {})
