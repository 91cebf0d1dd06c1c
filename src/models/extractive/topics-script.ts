import { z } from 'zod'
import type { TopicsAnswer } from '../../content/answers.ts'
import type { TopicCandidate } from '../../signals/candidates.ts'
import { resultsFrom, type Script, type TaskOf, type ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

/** Below this score, readers prefer no topic. */
const MIN_SCORE = 0.45
/** Songs use figurative language: a boat in a song is seldom about sailing. */
const MIN_SCORE_IN_SONGS = 0.68
/** A topic that is much weaker than the best one is only a side remark. */
const SHARE_OF_BEST = 0.6
/**
 * A descendant replaces its ancestor from this share of the ancestor's score. In a hundred real talks and meetings, few shares lie
 * near this value, so one sentence more or less seldom decides. From 0.7, many do, and the remaining topics are too broad.
 */
const SPECIFIC = 0.64
const MAX_TOPICS = 6
const MOST_BELOW_ONE_ROOT = 3
/** The bonus for a neighbour's label. It is a prior and never enough by itself. */
const NEIGHBOUR = 0.02
/** How far below a threshold a topic of the publisher's categories may lie. These describe the show, and seldom the item. */
const DECLARED = 0.06

const Children = z.object({ nodes: z.array(z.object({ id: z.string() })) })
const Similar = z.object({
  items: z.array(z.object({ topics: z.array(z.object({ taxonomy: z.string(), id: z.string() })) })),
})

const key = ({ taxonomy, id }: { taxonomy: string; id: string }): string => `${taxonomy} ${id}`

function isAbove(a: TopicCandidate, b: TopicCandidate): boolean {
  return a.taxonomy === b.taxonomy && a.path.length < b.path.length && a.path.every((name, i) => name === b.path[i])
}

/** The candidates whose descendants the script looks up: the best ones that are not below one another. */
function expandedTopics(candidates: readonly TopicCandidate[]): TopicCandidate[] {
  const strong = candidates.filter(({ score }) => score >= MIN_SCORE)
  return strong.filter((one) => !strong.some((other) => isAbove(other, one))).slice(0, 2)
}

function withPriors(candidates: readonly TopicCandidate[], results: readonly ToolResult[]): TopicCandidate[] {
  const found = new Map<string, number>()
  for (const { items } of resultsFrom(results, 'find_similar', Similar))
    for (const { topics } of items) for (const topic of topics) found.set(key(topic), (found.get(key(topic)) ?? 0) + 1)
  const prior = (candidate: TopicCandidate): number => NEIGHBOUR * Math.min(3, found.get(key(candidate)) ?? 0)
  return candidates
    .map((candidate) => ({ ...candidate, score: candidate.score + prior(candidate) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

function choose({ candidates, item }: TaskOf<'topics'>, results: readonly ToolResult[]): TopicCandidate[] {
  const ranked = withPriors(candidates, results)
  const floor = Math.max(item.kind === 'song' ? MIN_SCORE_IN_SONGS : MIN_SCORE, SHARE_OF_BEST * (ranked[0]?.score ?? 0))
  const enough = ranked.filter(({ score, declared }) => score >= floor - (declared === true ? DECLARED : 0))
  // A direct child in the taxonomy counts as more specific from a slightly lower share.
  const looked = new Set(
    resultsFrom(results, 'lookup_taxonomy', Children).flatMap(({ nodes }) => nodes.map(({ id }) => id)),
  )
  const share = ({ id }: TopicCandidate): number => (looked.has(id) ? SPECIFIC - 0.04 : SPECIFIC)
  const specific = enough.filter(
    (one) => !enough.some((other) => isAbove(one, other) && other.score >= share(other) * one.score),
  )
  const chosen: TopicCandidate[] = []
  // One node for each line of descent: if the broad node stays, the weak ones below it add nothing.
  for (const one of specific.filter((node) => !specific.some((other) => isAbove(other, node)))) {
    const siblings = chosen.filter((other) => other.taxonomy === one.taxonomy && other.path[0] === one.path[0])
    if (chosen.length < MAX_TOPICS && siblings.length < MOST_BELOW_ONE_ROOT) chosen.push(one)
  }
  return chosen
}

function replaceContested(task: TaskOf<'topics'>, chosen: readonly TopicCandidate[]): TopicCandidate[] {
  const asked = demands(
    task.findings,
    'topics',
    chosen.map(({ name, id }) => ({ names: [name, id] })),
  )
  const uncontested = chosen.filter((_, i) => !asked.has(i))
  // A topic that needs revision is replaced by the broader one above it, which its evidence supports too.
  const broader = chosen.flatMap((one, i) => {
    if (asked.get(i) !== 'revise') return []
    const above = task.candidates.filter((other) => isAbove(other, one) && other.score >= MIN_SCORE)
    return above.sort((a, b) => b.path.length - a.path.length).slice(0, 1)
  })
  return [
    ...uncontested,
    ...broader.filter(
      (one, i) =>
        broader.indexOf(one) === i && !uncontested.some((other) => isAbove(one, other) || other.id === one.id),
    ),
  ]
}

/** Looks up the descendants of the best candidates and the neighbours, then submits the most specific well-supported nodes. */
export const topicsScript: Script<TaskOf<'topics'>, TopicsAnswer> = {
  ask({ candidates }, results) {
    if (results.length > 0) return []
    const from = expandedTopics(candidates)
    if (from.length === 0) return []
    return [
      ...from.map(({ taxonomy, id }) => ({
        name: 'lookup_taxonomy',
        args: { taxonomy, by: 'children', query: id, limit: 40 },
      })),
      { name: 'find_similar', args: { limit: 5 } },
    ]
  },
  answer(task, results) {
    const chosen = replaceContested(task, choose(task, results))
    return {
      topics: chosen.flatMap(({ taxonomy, id, evidence }) =>
        evidence.length === 0 ? [] : [{ taxonomy, id, evidence: evidence.slice(0, 6) }],
      ),
    }
  },
  abstain: () => ({ topics: [] }),
}
