import type { Evidence } from '../../content/evidence/evidence.ts'
import { clock, paragraph, safe } from './terminal-layout.ts'
import type { Style } from './terminal-style.ts'

const MOST_CHARACTERS = 240

/** Where a quote is: the source (unless it is the transcript), the time, the speaker. */
export function place({ source, startMs, timing, speaker, segment }: Evidence): string {
  const time =
    startMs === null
      ? segment === null
        ? ''
        : `segment ${segment}`
      : `${timing === 'interpolated' ? '~' : ''}${clock(startMs)}`
  return [source === 'transcript' ? '' : source, time, speaker === null ? '' : safe(speaker)]
    .filter(Boolean)
    .join(' · ')
}

/** The first `most` quotes, in dim below their label. */
export function quotes(
  evidence: readonly Evidence[],
  { style, columns, indent, most = 1 }: { style: Style; columns: number; indent: string; most?: number },
): string[] {
  const shown = evidence
    .slice(0, most)
    .flatMap((one) => paragraph(quoteLine(one), { indent: `${indent}  `, columns, first: indent }))
  const rest = evidence.length - most
  if (rest > 0 && shown.length > 0) shown[shown.length - 1] += `  +${rest}`
  return shown.map((line) => style.dim(line))
}

function quoteLine(evidence: Evidence): string {
  const where = place(evidence)
  const { quote, start, end } = evidence
  const words = quote === undefined ? `characters ${start}–${end}` : `“${cut(safe(quote))}”`
  return where === '' ? words : `${words} ${where}`
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  return `${text
    .slice(0, MOST_CHARACTERS)
    .replace(/\s+\S*$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')} …`
}
