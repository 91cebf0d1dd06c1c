import type { Segment } from '../../content/transcript/segments.ts'
import { ROLE_WORDS } from './gazetteer.ts'

const FORM = /^(?:\p{Lu}|\p{Ll}{1,3}\s+\p{Lu})[\p{L}\p{M}.'’-]*(?:\s+[\p{L}\p{M}.'’"“”()-]+){0,4}$/u

/** Says whether a speaker's label is a person's name. `Ada Byron` is one. `Speaker 1`, `Host` and `Project Manager` are not. */
function isPersonName(label: string): boolean {
  const name = label.trim()
  if (name.length < 2 || name.length > 60 || !FORM.test(name)) return false
  const words = name.toLowerCase().split(/\s+/)
  return !words.some((word) => ROLE_WORDS.has(word)) && !words.some((word) => /^.$/u.test(word) && words.length === 1)
}

/** The persons among a transcript's speakers, each once, in the order in which they appear. Speakers in ads are left out. */
export function personSpeakers(segments: readonly Segment[]): string[] {
  const names = segments.flatMap(({ speaker, role }) => (speaker === null || role === 'ad' ? [] : [speaker.trim()]))
  return [...new Set(names)].filter(isPersonName)
}
