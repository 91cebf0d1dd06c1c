import { type DiffLine, lineDiff } from '../../../content/line-diff.ts'
import { classTitle, type DifferentTexts, type Divergence } from '../../../replay/replay-report.ts'
import { Differences } from '../parts/differences.tsx'
import { exchangePage, stepPage } from '../parts/page-paths.ts'

/** What both sides of a divergence are called. */
export const SIDES = ['Recorded', 'Today'] as const

export interface DivergenceProps {
  run: string
  divergence: Divergence
  recorded: ReadonlySet<string>
}

/** One place where today's code differs, with both sides. */
export function DivergenceView({ run, divergence, recorded }: DivergenceProps) {
  const { differences, more, texts, nearMiss, exchange } = divergence
  const side = onlySide(divergence)
  const shown = side === null ? differences.filter(({ pointer }) => pointer !== texts?.pointer) : []
  return (
    <article class="divergence">
      <h3>
        <Place run={run} divergence={divergence} recorded={recorded} />: {classTitle(divergence.class)}
        {side !== null && <span class="dim">, {side}</span>}
      </h3>
      {nearMiss !== null && nearMiss !== exchange && <p class="dim">Compared with {nearMiss}.</p>}
      {texts !== null && <Texts texts={texts} />}
      <Differences differences={shown} sides={SIDES} more={more} />
    </article>
  )
}

/** If only one side has the step, that is all there is to say. */
function onlySide({ class: name, differences: [first, ...rest] }: Divergence): string | null {
  if (name !== 'graph-shape-changed' || first === undefined || first.pointer !== '' || rest.length > 0) return null
  return first.was === undefined ? 'only done today' : 'only recorded'
}

function Place({ run, divergence: { node, visit, exchange }, recorded }: DivergenceProps) {
  if (node === null) return <>the understanding</>
  const step = `${node}.${visit}`
  const name = exchange ?? step
  if (!recorded.has(name)) return <>{name}</>
  return <a href={exchange === null ? stepPage(run, step) : exchangePage(run, exchange)}>{name}</a>
}

/** A side that is empty has no lines. */
function linesOf({ was, is }: Pick<DifferentTexts, 'was' | 'is'>): DiffLine[] {
  return lineDiff(was, is).filter(({ side }) => side === 'both' || (side === 'was' ? was : is) !== '')
}

/** A text that differs, line by line. */
function Texts({ texts: { pointer, was, is, cut } }: { texts: DifferentTexts }) {
  return (
    <figure class="lines">
      <figcaption>
        <code>{pointer || '/'}</code>
        {cut && <span class="dim"> around the first difference</span>}
      </figcaption>
      <pre tabindex={0}>
        {linesOf({ was, is }).map(({ side, text }) => {
          switch (side) {
            case 'both':
              return <span>{`${text}\n`}</span>
            case 'was':
              return <del>{`${text}\n`}</del>
            case 'is':
              return <ins>{`${text}\n`}</ins>
          }
        })}
      </pre>
    </figure>
  )
}
