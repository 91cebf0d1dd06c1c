import type { EventView } from '../service/trace-answers.ts'
import { tokensText } from './run-words.ts'
import { duration, safe } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

/** One event of a run as a line for people. Empty if the event is not worth a line. */
export function eventLine(type: string, event: EventView, { style }: { style: Style }): string {
  const text = lineOf(type, event, style)
  return text === null ? '' : `${text}\n`
}

function lineOf(type: string, event: EventView, style: Style): string | null {
  const { name = '', ms, error, abstained, outcome, retries = 0, cost, reason = '' } = event
  const took = ms === null || ms === undefined ? '' : style.dim(` ${duration(ms)}`)
  switch (type) {
    case 'run':
      return style.bold(event.status ?? '')
    case 'step':
      if (event.state === 'started') return `${style.accent(name)} ${style.dim('…')}`
      if (error) return `${style.accent(name)}${took} ${style.bad(`✗ ${safe(error)}`)}`
      if (abstained) return `${style.accent(name)}${took} ${style.warn(`abstained: ${safe(abstained)}`)}`
      return `${style.accent(name)}${took} ${style.good('✓')}`
    case 'exchange': {
      const counted = cost ? tokensText(cost) : ''
      const tokens = counted === '' ? '' : style.dim(` · ${counted}`)
      const again = retries === 0 ? '' : style.warn(` · ${retries} ${retries === 1 ? 'retry' : 'retries'}`)
      const served = event.how === 'served' ? style.dim(' · served') : ''
      const bad = outcome === 'ok' || outcome === undefined ? '' : style.bad(` ${outcome}`)
      return `  ${name}${took}${tokens}${again}${served}${bad}`
    }
    case 'rejected':
      return `  ${event.exchange ?? ''} ${style.bad('✗ rejected:')} ${safe(reason)}`
    case 'end': {
      const version = event.version ? ` with version ${event.version}` : ''
      const why = error ? `: ${safe(error)}` : ''
      const paint = event.status === 'complete' || event.status === 'unchanged' ? style.good : style.warn
      return `${paint(`ended ${event.status ?? ''}`)}${version}${why}`
    }
    default:
      return null
  }
}
