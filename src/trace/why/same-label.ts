import { z } from 'zod'
import { shortened } from '../../content/text/clip.ts'
import { foldName } from '../../content/text/fold-name.ts'
import type { Facet } from '../../content/understanding-schema.ts'

// The same label looks different in each place: in a model's answer, among the candidates of a prompt, as a draft, in the
// document. Whatever wrote these places, what cannot be read is not the label.

/** A label of a facet, by what makes it that label. */
export interface LabelIdentity {
  facet: Facet
  /** `taxonomy/id`, `type/folded name`, category, attribute, folded words, or the number of the first segment. */
  id: string
}

const Entry = z.object({
  taxonomy: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  category: z.string().optional(),
  text: z.string().optional(),
  firstSegment: z.number().nullable().optional(),
})

const TAXONOMY = 'iab-content-3.1'

/** What makes an entry of a facet that label; null where it is none. */
export function identityOf(facet: Facet, entry: unknown): string | null {
  const { taxonomy = TAXONOMY, id, name, type, category, text, firstSegment } = Entry.safeParse(entry).data ?? {}
  switch (facet) {
    case 'topics':
      return id === undefined ? null : `${taxonomy}/${id}`
    case 'entities':
      return name === undefined || type === undefined ? null : `${type}/${foldName(name)}`
    case 'suitability':
      return category ?? null
    case 'summary':
      // By its beginning: of some items no more of a claim is published.
      return text === undefined ? null : foldName(shortened(text))
    case 'chapters':
      return typeof firstSegment === 'number' ? String(firstSegment) : null
    case 'attributes':
      return name ?? null
  }
}

const LISTS: Record<Exclude<Facet, 'attributes'>, string> = {
  topics: 'topics',
  entities: 'entities',
  chapters: 'chapters',
  suitability: 'categories',
  summary: 'claims',
}

/** Where the arguments of `submit_<agent>` hold a label, and what they say of it; null where they do not. */
export function findInAnswer(answer: unknown, label: LabelIdentity): { pointer: string; entry: unknown } | null {
  const members = z.record(z.string(), z.unknown()).safeParse(answer).data ?? {}
  if (label.facet === 'attributes') {
    const entry = members[label.id]
    return entry === undefined ? null : { pointer: `/${label.id}`, entry }
  }
  const list = LISTS[label.facet]
  const entries = z.array(z.unknown()).safeParse(members[list]).data ?? []
  const at = indexOf(entries, label)
  return at < 0 ? null : { pointer: `/${list}/${at}`, entry: entries[at] }
}

function indexOf(entries: readonly unknown[], { facet, id }: LabelIdentity): number {
  const at = entries.findIndex((entry) => identityOf(facet, entry) === id)
  if (at >= 0 || facet !== 'chapters' || id !== '0') return at
  // The first chapter begins where the item does, wherever the model let it begin.
  const starts = entries.map((entry) => Number(identityOf(facet, entry) ?? Number.POSITIVE_INFINITY))
  return starts.length === 0 ? -1 : starts.indexOf(Math.min(...starts))
}

const CANDIDATES = /<data name=candidates>\n(.*?)\n<\/data>/s

/** The candidate that a prompt offered for a label: one line of JSON in its task; null where there is none. */
export function findOffered(messages: readonly { role: string; content: unknown }[], label: LabelIdentity): unknown {
  const first = messages.findIndex(({ role }) => role === 'assistant')
  const task = messages.slice(0, first < 0 ? undefined : first).findLast(({ role }) => role === 'user')?.content
  const text = typeof task === 'string' ? task : JSON.stringify(task ?? '')
  const lines = (CANDIDATES.exec(text)?.[1] ?? '').split('\n')
  for (const line of lines) {
    const candidate = parsed(line)
    if (identityOf(label.facet, candidate) === label.id) return candidate
  }
  return null
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
