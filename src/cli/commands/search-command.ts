import { z } from 'zod'
import { bar, clock, paragraph, safe } from '../render/terminal-layout.ts'
import { withClient } from '../service/with-client.ts'
import { badUse, EXIT, failed } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

const Found = z.looseObject({
  behind: z.int(),
  abstention: z.string().nullish(),
  entries: z.array(
    z.looseObject({
      item: z.looseObject({ id: z.string(), title: z.string() }),
      score: z.number(),
      segments: z.array(z.looseObject({ startMs: z.int().nullable(), quote: z.string().nullable() })),
    }),
  ),
})

/** `search <text>`: items by meaning, with the places that match best. */
export function search(
  text: string,
  { limit, kinds, ...options }: { limit: number; kinds?: string[]; json?: boolean; debug?: boolean },
  terminal: Terminal,
): Promise<number> {
  if (text.trim() === '') throw badUse('say what to search for, in plain words')
  return withClient(terminal, options, async ({ client, connection }) => {
    const filters = kinds === undefined ? {} : { kinds }
    const found = Found.safeParse(await client.search({ text, limit, filters })).data
    if (found === undefined) throw failed('the search was answered in a shape that is not known here')
    const { style, columns } = terminal
    const behind = found.behind > 0 ? behindText(found.behind, connection.server !== null) : ''
    const abstention = found.abstention
      ? paragraph(found.abstention, { indent: '', columns }).join('\n').concat('\n')
      : ''
    print(found, { json: options.json, terminal }, () =>
      found.entries.length === 0
        ? abstention || behind || 'nothing is indexed yet; `linernotes understand <file>` adds items\n'
        : found.entries
            .map(({ item, score, segments: [best] }) =>
              [
                `${style.good(bar(score, 8))} ${score.toFixed(2)}  ${style.bold(safe(item.title) || safe(item.id))}  ${style.dim(safe(item.id))}`,
                ...(best?.quote
                  ? paragraph(`${best.startMs === null ? '' : `${clock(best.startMs)} `}“${safe(best.quote)}”`, {
                      indent: ' '.repeat(15),
                      columns,
                    }).map(style.dim)
                  : []),
                '',
              ].join('\n'),
            )
            .join('') + behind,
    )
    return EXIT.done
  })
}

/** An index that is filled again, or was away, knows less than there is. */
function behindText(changes: number, served: boolean): string {
  const how = served
    ? 'search again in a while; where that does not help, `linernotes doctor` says why'
    : 'each search indexes some more of them, and `linernotes serve` all of them'
  return `the similarity index is behind by ${changes} change${changes === 1 ? '' : 's'}, and there may be more to find: ${how}\n`
}
