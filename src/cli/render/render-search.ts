import { z } from 'zod'
import { failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { litLine, litWords } from './lit-words.ts'
import { bar, clock, paragraph, safe } from './terminal-layout.ts'

const Found = z.looseObject({
  compared: z.int(),
  behind: z.int(),
  abstention: z.string().nullish(),
  entries: z.array(
    z.looseObject({
      item: z.looseObject({ id: z.string(), title: z.string() }),
      score: z.number(),
      segments: z.array(
        z.looseObject({
          startMs: z.int().nullable(),
          quote: z.string().nullable(),
          start: z.int().nullable(),
          marks: z.array(z.looseObject({ start: z.int(), end: z.int() })),
        }),
      ),
    }),
  ),
})
export type Found = z.infer<typeof Found>

const NOTHING_INDEXED = 'nothing is indexed yet; `linernotes understand <file>` adds items\n'
const NOTHING_ABOUT = 'nothing here is about this; `linernotes items` lists what there is\n'

/** Reads the answer to a search. @throws {CliError} */
export function readFound(answered: unknown): Found {
  const found = Found.safeParse(answered).data
  if (found === undefined) throw failed('the search was answered in a shape that is not known here')
  return found
}

/** Shows people the items that were found, each with the place that matches best. */
export function foundText(
  { entries, compared, behind, abstention }: Found,
  { served, terminal: { style, columns } }: { served: boolean; terminal: Terminal },
): string {
  const isBehind = behind > 0 ? behindText(behind, served) : ''
  if (entries.length === 0) {
    if (abstention) return paragraph(abstention, { indent: '', columns }).join('\n').concat('\n')
    return isBehind || (compared > 0 ? NOTHING_ABOUT : NOTHING_INDEXED)
  }
  const lines = entries.flatMap(({ item, score, segments: [best] }) => [
    `${style.good(bar(score, 8))} ${score.toFixed(2)}  ${style.bold(safe(item.title) || safe(item.id))}  ${style.dim(safe(item.id))}`,
    ...(best?.quote
      ? paragraph(`${best.startMs === null ? '' : `${clock(best.startMs)} `}“${safe(best.quote)}”`, {
          indent: ' '.repeat(15),
          columns,
        }).map((line) => litLine(line, litWords(best), style))
      : []),
  ])
  return `${lines.join('\n')}\n${isBehind}`
}

/** A note that the index lacks changes, because it is being filled or was unavailable. */
function behindText(changes: number, served: boolean): string {
  const how = served
    ? 'search again in a while; where that does not help, `linernotes doctor` says why'
    : 'each search indexes some more of them, and `linernotes serve` all of them'
  return `the similarity index is behind by ${changes} change${changes === 1 ? '' : 's'}, and there may be more to find: ${how}\n`
}
