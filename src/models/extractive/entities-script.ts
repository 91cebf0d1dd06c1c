import { z } from 'zod'
import type { EntitiesAnswer } from '../../content/answers.ts'
import type { EntityCandidate } from '../../signals/candidates.ts'
import type { Script, TaskOf, ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

const LIMIT = 30
/** Below this a name that is said once and whose kind is unknown is not worth a label. */
const NEEDED = 0.1
const CHECKS = 2
const HITS = 5

const Hits = z.object({ hits: z.array(z.object({ segment: z.int(), text: z.string().optional() })) })
const Query = z.object({ query: z.string() })

function isUncertain({ type, mentions, score }: EntityCandidate): boolean {
  return type === 'other' && mentions > 0 && score >= NEEDED
}

/** The two names that are most worth a second look: what they are is open, and they are prominent. */
function uncertain(task: TaskOf<'entities'>): EntityCandidate[] {
  return task.candidates.filter(isUncertain).slice(0, CHECKS)
}

// A search that finds the name nowhere, although candidates said so, takes the label away.
function isRefuted(candidate: EntityCandidate, results: readonly ToolResult[]): boolean {
  const search = results.find(
    ({ name, args }) => name === 'search_transcript' && Query.safeParse(args).data?.query === candidate.name,
  )
  const found = Hits.safeParse(search?.content)
  if (!found.success || !isUncertain(candidate)) return false
  const names = [candidate.name, ...candidate.aliases].map((name) => name.toLowerCase())
  return !found.data.hits.some(
    ({ text }) => text === undefined || names.some((name) => text.toLowerCase().includes(name)),
  )
}

// What is said once and is known by its capitals alone may be anything: a word of a quoted command, of a heading, of a
// slip of the transcriber. In title and description nothing is said twice.
const isWorthy = ({ score, mentions, type, evidence }: EntityCandidate): boolean =>
  score >= NEEDED &&
  (mentions > 1 || !(type === 'other' || type === 'product') || evidence.some(({ source }) => source !== 'transcript'))

function dropped(task: TaskOf<'entities'>, chosen: readonly EntityCandidate[]): Set<EntityCandidate> {
  const said = demands(
    task.findings,
    'entities',
    chosen.map(({ name, aliases }) => ({ names: [name, ...aliases] })),
  )
  return new Set([...said].flatMap(([index]) => chosen[index] ?? []))
}

/** Submits the names that code found prominent, after looking up those whose kind stayed open; leaves out what findings contest. */
export const entitiesScript: Script<TaskOf<'entities'>, EntitiesAnswer> = {
  ask: (task, results) =>
    results.some(({ name }) => name === 'search_transcript')
      ? []
      : uncertain(task).map(({ name }) => ({
          name: 'search_transcript',
          args: { query: name, mode: 'words', limit: HITS },
        })),
  answer: (task, results) => {
    const worthy = task.candidates.filter(isWorthy)
    const chosen = (worthy.length > 0 ? worthy : task.candidates.slice(0, 5)).slice(0, LIMIT)
    const out = dropped(task, chosen)
    return {
      entities: chosen
        .filter((candidate) => !out.has(candidate) && !isRefuted(candidate, results))
        .map(({ name, type, aliases, evidence }) => ({
          name,
          type,
          aliases: aliases.slice(0, 10),
          evidence: evidence.slice(0, 6),
        })),
    }
  },
  abstain: () => ({ entities: [] }),
}
