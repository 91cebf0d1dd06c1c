import type { WhyView } from '../service/trace-answers.ts'
import { quotes } from './render-evidence.ts'
import { paragraph, safe } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

/** Tells people why a label is there: its words, then how it was made. */
export function whyText(why: WhyView, { style, columns }: { style: Style; columns: number }): string {
  const { name, item, version, pointer, evidence, story } = why
  const lines = [
    style.bold(safe(name)),
    style.dim(`${pointer} of "${safe(item)}", version ${version}`),
    '',
    ...quotes(evidence, { style, columns, indent: '  ', most: evidence.length }),
    ...(evidence.length === 0 ? [] : ['']),
    ...story.flatMap(({ text }, n) =>
      paragraph(safe(text), { indent: '    ', columns, first: `${String(n + 1).padStart(2)}. ` }),
    ),
    '',
    style.dim(
      `see \`linernotes trace ${firstRun(why)}\` for everything that it is based on, and --json for this as data`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

/** The first call that the story mentions, in the form that `trace` accepts. */
function firstRun({ story }: WhyView): string {
  const called = story.find(({ run, exchange }) => run !== null && exchange !== null)
  const run = called?.run ?? story[0]?.run ?? ''
  return called?.exchange ? `${run} ${called.exchange.split('.').slice(0, -2).join('.')}` : run
}
