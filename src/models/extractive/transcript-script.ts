import type { TranscriptChoice } from '../../content/answers.ts'
import type { Script, TaskOf } from './agent-script.ts'
import type { TranscriptCandidateSummary } from './agent-task.ts'

const primary = (language: string | null): string => (language ?? '').toLowerCase().split('-')[0] ?? ''

function describe({ origin, words, coverage, problems }: TranscriptCandidateSummary): string {
  const share = coverage === null ? 'no times' : `covers ${Math.round(coverage * 100)} % of the duration`
  const flaws = problems.length === 0 ? 'no problems' : `${problems.length} problem${problems.length === 1 ? '' : 's'}`
  return `${origin}: ${words} words, ${share}, ${flaws}`
}

function rank(task: TaskOf<'transcript'>): TranscriptCandidateSummary[] {
  const speaks = ({ language }: TranscriptCandidateSummary): boolean =>
    task.item.language === null || language === null || primary(language) === primary(task.item.language)
  // Times that go far beyond the item belong to another version. Half an item is worse than a whole one without times.
  const fitness = ({ coverage }: TranscriptCandidateSummary): number =>
    coverage === null ? 0.6 : 1 - Math.abs(1 - coverage)
  return task.options
    .filter(({ words }) => words > 0)
    .sort(
      (a, b) =>
        Number(speaks(b)) - Number(speaks(a)) ||
        a.problems.length - b.problems.length ||
        fitness(b) - fitness(a) ||
        b.words - a.words ||
        a.candidate - b.candidate,
    )
}

/** Chooses by language, then by the fewest problems, then by how well the times cover the item, then by length. */
export const transcriptScript: Script<TaskOf<'transcript'>, TranscriptChoice> = {
  ask: () => [],
  answer(task) {
    const [best] = rank(task)
    return best === undefined
      ? { candidate: task.options[0]?.candidate ?? 0, reason: 'none of them has words' }
      : { candidate: best.candidate, reason: describe(best).slice(0, 400) }
  },
  abstain: ({ options }) => ({
    candidate: options[0]?.candidate ?? 0,
    reason: 'the first one, because another choice was rejected',
  }),
}
