import { z } from 'zod'
import type { TopicsAnswer } from '../../content/answers.ts'
import type { TopicCandidate } from '../../signals/candidates.ts'
import { resultsFrom, type Script, type TaskOf, type ToolResult } from './agent-script.ts'
import { demands } from './finding-replies.ts'

/** Below this a reader would rather see nothing. */
const ENOUGH = 0.45
/** Songs speak in figures: a boat in one is seldom about sailing. */
const ENOUGH_IN_SONGS = 0.68
/** A topic that is much weaker than the best one is an aside. */
const SHARE_OF_BEST = 0.6
/**
 * A descendant takes its ancestor's place from this share of its score on. Over a hundred real talks and meetings few shares lie near
 * it, so a sentence more or less seldom decides; from 0.7 on many do, and what stays there is broad.
 */
const SPECIFIC = 0.64
const MOST = 6
const MOST_BELOW_ONE_ROOT = 3
/** What a neighbour's label adds: a prior, never enough by itself. */
const NEIGHBOUR = 0.02
/** How far below a threshold a topic may lie that the publisher's categories name: they are about the show, and seldom about the item. */
const DECLARED = 0.06

const Children = z.object({ nodes: z.array(z.object({ id: z.string() })) })
const Similar = z.object({
  items: z.array(z.object({ topics: z.array(z.object({ taxonomy: z.string(), id: z.string() })) })),
})

const key = ({ taxonomy, id }: { taxonomy: string; id: string }): string => `${taxonomy} ${id}`

function isAbove(a: TopicCandidate, b: TopicCandidate): boolean {
  return a.taxonomy === b.taxonomy && a.path.length < b.path.length && a.path.every((name, i) => name === b.path[i])
}

/** The candidates to look below: the best ones that are not below one another. */
function starts(candidates: readonly TopicCandidate[]): TopicCandidate[] {
  const strong = candidates.filter(({ score }) => score >= ENOUGH)
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
  const floor = Math.max(item.kind === 'song' ? ENOUGH_IN_SONGS : ENOUGH, SHARE_OF_BEST * (ranked[0]?.score ?? 0))
  const enough = ranked.filter(({ score, declared }) => score >= floor - (declared === true ? DECLARED : 0))
  // What the taxonomy says lies right below counts as more specific a little earlier.
  const looked = new Set(
    resultsFrom(results, 'lookup_taxonomy', Children).flatMap(({ nodes }) => nodes.map(({ id }) => id)),
  )
  const share = ({ id }: TopicCandidate): number => (looked.has(id) ? SPECIFIC - 0.04 : SPECIFIC)
  const specific = enough.filter(
    (one) => !enough.some((other) => isAbove(one, other) && other.score >= share(other) * one.score),
  )
  const chosen: TopicCandidate[] = []
  // One node of a line: where the broad one stays, the weak ones below it say nothing more.
  for (const one of specific.filter((node) => !specific.some((other) => isAbove(other, node)))) {
    const siblings = chosen.filter((other) => other.taxonomy === one.taxonomy && other.path[0] === one.path[0])
    if (chosen.length < MOST && siblings.length < MOST_BELOW_ONE_ROOT) chosen.push(one)
  }
  return chosen
}

function replaceContested(task: TaskOf<'topics'>, chosen: readonly TopicCandidate[]): TopicCandidate[] {
  const asked = demands(
    task.findings,
    'topics',
    chosen.map(({ name, id }) => ({ names: [name, id] })),
  )
  const kept = chosen.filter((_, i) => !asked.has(i))
  // A topic that needs revision gives way to the broader one above it, which its evidence supports as well.
  const broader = chosen.flatMap((one, i) => {
    if (asked.get(i) !== 'revise') return []
    const above = task.candidates.filter((other) => isAbove(other, one) && other.score >= ENOUGH)
    return above.sort((a, b) => b.path.length - a.path.length).slice(0, 1)
  })
  return [
    ...kept,
    ...broader.filter(
      (one, i) => broader.indexOf(one) === i && !kept.some((other) => isAbove(one, other) || other.id === one.id),
    ),
  ]
}

/** Looks below the best candidates and at the neighbours, then submits the most specific nodes that are well supported. */
export const topicsScript: Script<TaskOf<'topics'>, TopicsAnswer> = {
  ask({ candidates }, results) {
    if (results.length > 0) return []
    const from = starts(candidates)
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
