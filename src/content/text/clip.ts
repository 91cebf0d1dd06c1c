import { insideWord } from './folded-words.ts'

/** The nearest index at or before `index` at which a text may be cut: never inside a word or between surrogates. */
function cutBefore(text: string, index: number, least: number): number {
  for (let at = index; at > least; at--) {
    const splitsPair = (text.charCodeAt(at) & 0xfc00) === 0xdc00
    if (!splitsPair && !insideWord(text, at)) return at
  }
  return index - ((text.charCodeAt(index) & 0xfc00) === 0xdc00 ? 1 : 0)
}

/** At most `max` UTF-16 units of a text, cut between words, with `…` if something was left out. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, cutBefore(text, Math.max(0, max - 1), max >> 1)).trimEnd()}…`
}

/** A part of `[start, end)` of at most `max` units that contains `keep`. It is cut between words and has no space at its ends. */
export function clipSpan(
  text: string,
  span: { start: number; end: number },
  max: number,
  keep = span.start,
): { start: number; end: number } {
  let { start, end } = span
  if (end - start > max) {
    if (keep - start > max - 60) {
      start = Math.max(start, keep - (max >> 1))
      while (start < keep && insideWord(text, start)) start++
      if ((text.charCodeAt(start) & 0xfc00) === 0xdc00) start++
    }
    end = Math.min(end, start + max)
    if (end < span.end) end = cutBefore(text, end, Math.max(start, keep))
  }
  while (start < end && /\s/.test(text[start] ?? '')) start++
  while (end > start && /\s/.test(text[end - 1] ?? '')) end--
  return { start, end }
}

/** The longest quote, in UTF-16 units, if an item's rights allow clips only. */
export const LONGEST_CLIP = 90

/** The beginning of a text, up to the length of such a clip, with `…` if more follows. */
export function shortened(text: string): string {
  const { start, end } = clipSpan(text, { start: 0, end: text.length }, LONGEST_CLIP)
  return end < text.trimEnd().length ? `${text.slice(start, end)}…` : text
}
