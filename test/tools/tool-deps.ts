import type { Segment } from '../../src/content/transcript/segments.ts'
import type { Embedder } from '../../src/models/embedder.ts'
import { loadTaxonomies } from '../../src/taxonomy/taxonomy.ts'
import type { Tool, ToolDeps, ToolFactory } from '../../tools/tool.ts'

/** One dimension a subject: words of no subject do not count. */
const SUBJECTS = [
  ['bee', 'bees', 'hive', 'pollen', 'insects'],
  ['tide', 'tides', 'moon', 'sea'],
  ['bread', 'flour', 'oven'],
]

/** An embedder that knows three subjects: enough to tell what is near. */
export const subjectEmbedder: Embedder = {
  space: 'subjects@1',
  dimension: SUBJECTS.length,
  languages: ['en'],
  local: true,
  async embed(texts) {
    return texts.map((text) => {
      const words = text.toLowerCase().split(/\W+/)
      const counts = SUBJECTS.map((subject) => words.filter((word) => subject.includes(word)).length)
      const length = Math.hypot(...counts) || 1
      return counts.map((count) => count / length)
    })
  },
}

export const SENTENCES: { text: string; role?: Segment['role']; speaker?: string }[] = [
  { text: 'Welcome back to the show.', role: 'intro', speaker: 'Host' },
  { text: 'The bees leave the hive at dawn,\nand they carry pollen home.', speaker: 'Dr. Okafor' },
  { text: 'This episode is brought to you by Ovenly, the bread that bakes itself.', role: 'ad', speaker: 'Host' },
  { text: 'The moon pulls the sea, and so the tides come twice a day.', speaker: 'Dr. Okafor' },
  { text: 'A beekeeper at the coast watches both.', speaker: 'Dr. Okafor' },
]

/** An item made of one segment a sentence. */
export async function depsFor(
  sentences: typeof SENTENCES,
  overrides: Partial<ToolDeps> = {},
  language: string | null = 'en',
): Promise<ToolDeps> {
  let text = ''
  const segments = sentences.map((sentence, index): Segment => {
    const start = text === '' ? 0 : text.length + 1
    text = text === '' ? sentence.text : `${text}\n${sentence.text}`
    return {
      index,
      start,
      end: text.length,
      words: sentence.text.split(/\s+/).length,
      language,
      role: sentence.role ?? 'content',
      speaker: sentence.speaker ?? null,
      startMs: null,
      endMs: null,
      timing: null,
    }
  })
  const vectors = await subjectEmbedder.embed(sentences.map((sentence) => sentence.text))
  return {
    reading: {
      kind: 'podcast_episode',
      language,
      title: 'Bees by the sea',
      description: 'What insects know about the moon.',
      text,
      segments,
      vectors: vectors.map((vector) => (vector.some((component) => component !== 0) ? vector : null)),
      titleVector: null,
      descriptionVector: null,
      space: subjectEmbedder.space,
    },
    metadata: { kind: 'podcast_episode', title: 'Bees by the sea', categories: ['Science', 'Nature'], explicit: false },
    taxonomies: loadTaxonomies(),
    embedder: subjectEmbedder,
    neighbourhood: { unavailable: null, space: subjectEmbedder.space, items: [] },
    ...overrides,
  }
}

/** Calls a tool as the agent loop does: arguments pass the schema first. */
export async function call(factory: ToolFactory, deps: ToolDeps, args: unknown) {
  const tool: Tool = factory(deps)
  return tool.run(tool.schema.parse(args), {})
}
