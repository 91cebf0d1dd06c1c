import { z } from 'zod'
import type { EntitiesAnswer } from '../../content/answers.ts'
import type { EntityCandidate } from '../../signals/candidates.ts'
import type { Script, TaskOf, ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

const LIMIT = 30
/** A name that occurs once and whose kind is unknown needs at least this salience for a label. */
const MIN_SCORE = 0.1
const MAX_SEARCHES = 2
const HITS = 5

const Hits = z.object({ hits: z.array(z.object({ segment: z.int(), text: z.string().optional() })) })
const Query = z.object({ query: z.string() })

function isUncertain({ type, mentions, score }: EntityCandidate): boolean {
  return type === 'other' && mentions > 0 && score >= MIN_SCORE
}

/** The two names that most need a second look: prominent names whose kind is unclear. */
function uncertainEntities(task: TaskOf<'entities'>): EntityCandidate[] {
  return task.candidates.filter(isUncertain).slice(0, MAX_SEARCHES)
}

// If a search does not find a candidate's name anywhere, the name gets no label.
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

// A word that occurs once and looks like a name only by its capitals may be anything: part of a quoted command, of a heading, or
// an error of the transcriber. Title and description are exempt, because they do not repeat names.
const isWorthy = ({ score, mentions, type, evidence }: EntityCandidate): boolean =>
  score >= MIN_SCORE &&
  (mentions > 1 || !(type === 'other' || type === 'product') || evidence.some(({ source }) => source !== 'transcript'))

function dropped(task: TaskOf<'entities'>, chosen: readonly EntityCandidate[]): Set<EntityCandidate> {
  const demanded = demands(
    task.findings,
    'entities',
    chosen.map(({ name, aliases }) => ({ names: [name, ...aliases] })),
  )
  return new Set([...demanded].flatMap(([index]) => chosen[index] ?? []))
}

/** Submits the names that code found prominent, after looking up those with an unclear kind. It leaves out names that findings contest. */
export const entitiesScript: Script<TaskOf<'entities'>, EntitiesAnswer> = {
  ask: (task, results) =>
    results.some(({ name }) => name === 'search_transcript')
      ? []
      : uncertainEntities(task).map(({ name }) => ({
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
