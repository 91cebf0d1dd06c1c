import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { z } from 'zod'
import { compose } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import { Item } from '../src/content/item.ts'
import { floorOf } from '../src/search/search-items.ts'
import type { Service } from '../src/service.ts'

const EXAMPLES = new URL('../examples/', import.meta.url)
const FILES = [
  'pollinator-corridor.vtt',
  'first-bearing.srt',
  'physics-of-tides.md',
  'the-envelope.json',
  'the-bridge-that-had-heard-everything.txt',
  'mend-a-puncture.html',
  'slow-boat.txt',
]
const TYPES: Record<string, string> = {
  '.vtt': 'text/vtt',
  '.srt': 'application/x-subrip',
  '.md': 'text/markdown',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.html': 'text/html',
}

const Question = z.strictObject({
  question: z.string(),
  /** The example that answers it; null where none does. */
  item: z.string().nullable(),
  /** What stands in a passage that answers it. */
  passage: z.string().nullable(),
  half: z.enum(['fit', 'judge']),
})
type Question = z.infer<typeof Question>

/** What one question was answered with: the best score of all, and of what is right. */
interface Figure extends Question {
  best: number | null
  first: string | null
  /** Whether the right item and the right passage come first; null where nothing is right. */
  itemFirst: boolean | null
  passageFirst: boolean | null
}

/** Understands the English examples, so that they can be searched. */
async function understandExamples({ runs, catchUp }: Service): Promise<void> {
  for (const file of FILES) {
    const name = file.slice(0, -extname(file).length)
    const read = (path: string) => readFileSync(new URL(path, EXAMPLES), 'utf8')
    const transcripts = [{ text: read(file), type: TYPES[extname(file)] }]
    const item = Item.parse({ ...JSON.parse(read(`${name}.item.json`)), id: name, transcripts })
    const run = await runs.wait((await runs.submit(item)).id)
    if (run?.error !== null) throw new Error(`${file}: ${run?.error ?? 'its run is gone'}`)
  }
  await catchUp()
}

/** Asks every question that is answered by the examples, and those that are not. */
async function askAll({ search }: Service): Promise<Figure[]> {
  const questions = Question.array().parse(JSON.parse(readFileSync(new URL('questions.json', EXAMPLES), 'utf8')))
  const figures: Figure[] = []
  for (const question of questions) {
    const { found } = await search({ text: question.question, limit: 5, filter: {} })
    const [best] = found
    const quote = best?.segments[0]?.quote ?? ''
    figures.push({
      ...question,
      best: best?.score ?? null,
      first: best === undefined ? null : `${best.item.id}: ${quote.replaceAll(/\s+/g, ' ').slice(0, 70)}`,
      itemFirst: question.item === null ? null : best?.item.id === question.item,
      passageFirst: question.passage === null ? null : quote.includes(question.passage),
    })
  }
  return figures
}

function print(half: Question['half'], figures: readonly Figure[]): void {
  const asked = figures.filter((figure) => figure.half === half)
  const right = asked.filter(({ item }) => item !== null)
  const wrong = asked.filter(({ item }) => item === null)
  console.log(`\n${half}`)
  for (const { best, itemFirst, passageFirst, question, first } of [...asked].sort(
    (a, b) => (b.best ?? 0) - (a.best ?? 0),
  ))
    console.log(
      `${best === null ? '  -  ' : best.toFixed(3)} ${itemFirst === null ? '·' : itemFirst ? 'I' : '!'}${passageFirst === null ? '·' : passageFirst ? 'P' : '!'} ${question} -> ${first}`,
    )
  const count = (of: readonly Figure[], test: (figure: Figure) => boolean) =>
    `${of.filter(test).length} of ${of.length}`
  console.log(`the right item first: ${count(right, ({ itemFirst }) => itemFirst === true)}`)
  console.log(`the right passage first: ${count(right, ({ passageFirst }) => passageFirst === true)}`)
  console.log(`nothing shown where nothing is right: ${count(wrong, ({ best }) => best === null)}`)
}

// `npx tsx bench/search-figures.ts`
const config = readConfig({ LINERNOTES_EFFORT: 'quick' })
const service = await compose(config, { memory: true }, () => undefined)
try {
  await understandExamples(service)
  const figures = await askAll(service)
  console.log(`floor ${floorOf(service.embedder.space)} in ${service.embedder.space}`)
  for (const half of ['fit', 'judge'] as const) print(half, figures)
} finally {
  await service.close()
}
