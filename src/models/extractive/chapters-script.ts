import type { ChaptersAnswer } from '../../content/answers.ts'
import { parseTranscriptBlock } from '../../content/transcript/transcript-block.ts'
import type { ChapterCandidate } from '../../signals/candidates.ts'
import type { Script, TaskOf } from './agent-script.ts'
import { demands } from './finding-replies.ts'

const byPlace = (a: ChapterCandidate, b: ChapterCandidate): number => a.firstSegment - b.firstSegment

function chosen(task: TaskOf<'chapters'>): ChapterCandidate[] {
  const count = Math.max(1, task.chapters)
  const [first, ...rest] = [...task.candidates].sort(byPlace)
  if (first === undefined) return []
  return [first, ...rest.sort((a, b) => b.depth - a.depth || byPlace(a, b)).slice(0, count - 1)].sort(byPlace)
}

// If a finding rejects a title, the next keyphrase replaces it. If it rejects a boundary, the chapter joins the one before.
function retitled({ title, keyphrases }: ChapterCandidate): string {
  const other = keyphrases.find((phrase) => !title.toLowerCase().includes(phrase.toLowerCase()))
  return other === undefined ? title : other.charAt(0).toUpperCase() + other.slice(1)
}

/** Submits the requested number of boundaries, the deepest ones, in order. The first chapter begins with the first segment. */
export const chaptersScript: Script<TaskOf<'chapters'>, ChaptersAnswer> = {
  ask: () => [],
  answer: (task) => {
    const start = parseTranscriptBlock(task.transcript)[0]?.index ?? 0
    const picked = chosen(task)
    const demanded = demands(
      task.findings,
      'chapters',
      picked.map(({ title }) => ({ names: [title] })),
    )
    const chapters = picked.flatMap((candidate, i) => {
      const demand = demanded.get(i)
      if (demand === 'drop' && i > 0) return []
      const title = demand === undefined ? candidate.title : retitled(candidate)
      return [{ title, firstSegment: i === 0 ? Math.min(start, candidate.firstSegment) : candidate.firstSegment }]
    })
    return { chapters }
  },
  abstain: () => ({ chapters: [] }),
}
