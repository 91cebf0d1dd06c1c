/** Words that come before a colon but are not names. */
const NOT_NAMES =
  /^(?:note|notes|warning|caution|chapter|part|section|scene|act|example|tip|summary|source|sources|title|date|link|links|url|https?|step|figure|table|contents|transcript|description|credits|ps|p\.s\.|edit|update|verse|chorus|bridge|monday|tuesday|wednesday|thursday|friday|saturday|sunday|first|second|third|finally|remember|again|yes|no|so|but|and|or|because|the|a|an|this|that|these|those|it|i|we|you|he|she|they|there|here|what|when|why|how|who|where|which|my|our|your|his|her|their|in|on|at|for|to|if|as|with)\b/i

/** "The" with an office: minutes and court records call people by it ("The Chair"). */
const OFFICE =
  /^the (?:acting |deputy |vice[- ])?(?:chair\w*|speaker|president|moderator|host|clerk|court|judge|witness|interviewer|narrator)\b/i

const LABEL =
  /^(?:\*\*|__)?\[?(\p{L}[^:：\n*_[\]()]{0,59}|\p{N}[^:：\n*_[\]()]{1,59})(?:\([^:：\n]{1,140}\)\s?)?\]?(?:\*\*|__)?\s*[:：](?:\*\*|__)?(?=\s|$|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana})\s*/u

const isWord = (label: string) => label.length > 1 && NOT_NAMES.test(label) && !OFFICE.test(label)

/** Whether a text looks like the name of a speaker: it is short, is not a clause, and begins like a name or a handle. */
export function looksLikeName(text: string): boolean {
  const name = text.trim()
  if (name === '' || name.length > 60) return false
  const words = name.split(/\s+/)
  if (words.length > 6) return false
  if (/[!?;,"“”<>{}=]/.test(name) || /\p{L}{5,}\.\s/u.test(name)) return false
  return (
    /\p{L}/u.test(name) &&
    /^[\p{Lu}\p{Lo}\p{Lt}\p{N}]|^(?:speaker|interviewer|audience|host|guest|moderator)\b/u.test(name)
  )
}

/** Splits `Name: words` (also `**Name:** words`, `[Name]: words`, `Name (Party, Town): words`); null if the line does not begin so. */
export function splitLabel(line: string): { name: string; rest: string } | null {
  const match = LABEL.exec(line)
  if (match === null) return null
  const name = (match[1] ?? '').trim()
  return looksLikeName(name) ? { name, rest: line.slice(match[0].length) } : null
}

/**
 * Decides which labels are speakers. A single label proves little ("The rule: never twice"). It counts if the source names the
 * person, if the label repeats, or if it opens the text. It also counts if other labels do and this one looks like a name.
 */
export function acceptSpeakers(labels: readonly string[], known: readonly string[], first: string | null): Set<string> {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const folded = known.map((name) => name.toLowerCase())
  const accepted = new Set<string>()
  for (const [label, count] of counts) {
    const lower = label.toLowerCase()
    const named = folded.some((name) => name === lower || name.split(/\s+/).includes(lower))
    if (named || (!isWord(label) && (count >= 2 || label === first))) accepted.add(label)
  }
  if (accepted.size > 0) {
    for (const label of counts.keys()) {
      const proper =
        label.split(/\s+/).length <= 4 &&
        label
          .split(/\s+/)
          .every((word) => /^[\p{Lu}\p{Lo}\p{N}]|^(?:van|von|de|di|da|der|den|la|le|al|bin)$/u.test(word))
      if (proper && !isWord(label)) accepted.add(label)
    }
  }
  return accepted
}
