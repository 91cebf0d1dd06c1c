import {
  AD_ENDS,
  AD_HINTS,
  AD_OFFERS,
  AD_STARTS,
  type Cue,
  INTRO,
  MUSIC_NOTE,
  OUTRO,
  SPONSOR_NAME,
} from './role-cues.ts'
import type { SegmentRole } from './segments.ts'

/** A sentence, or a part of one, with its number of words. */
export interface Said {
  text: string
  words: number
}

const ENOUGH = 3
/** The longest advertisement. A longer passage is talk about advertising. */
const MAX_AD_WORDS = 350
/** Hints that are further apart do not belong to the same advertisement. */
const MAX_AD_GAP = 70
const MAX_FRAME_WORDS = 130
const MAX_FRAME_GAP = 25

const weigh = (text: string, cues: readonly Cue[]) =>
  cues.reduce((sum, { pattern, weight }) => sum + (pattern.test(text) ? weight : 0), 0)

function isMusic(text: string): boolean {
  if (!/[♪♫♬🎵🎶[(*]/u.test(text)) return false
  const rest = text.replace(MUSIC_NOTE, '')
  return rest.length < text.length && !/[\p{L}\p{N}]/u.test(rest)
}

/** How strongly each sentence suggests advertising. `opens` marks an opening or an offer: every advertisement needs one. */
function adWeights(said: readonly Said[]): { weight: number; opens: boolean }[] {
  return said.map(({ text }) => {
    const opening = weigh(text, AD_STARTS) + weigh(text, AD_OFFERS)
    return { weight: opening + weigh(text, AD_HINTS), opens: opening > 0 }
  })
}

/** The last sentence of the advertisement that begins at a sentence, or null if the hints are too weak. */
function adEnd(
  said: readonly Said[],
  weights: readonly { weight: number; opens: boolean }[],
  from: number,
): number | null {
  const sponsor = SPONSOR_NAME.exec(said[from]?.text ?? '')
  const name = sponsor?.[1] ?? sponsor?.[2] ?? null
  let weight = weights[from]?.weight ?? 0
  let opened = weights[from]?.opens === true
  let last = from
  let length = said[from]?.words ?? 0
  let gap = 0
  for (let at = from + 1; at < said.length; at++) {
    const { text, words } = said[at] ?? { text: '', words: 0 }
    if (AD_ENDS.test(text)) {
      // The speaker says that the break is over: everything up to here belonged to it.
      if (opened && weight >= ENOUGH) last = at - 1
      break
    }
    length += words
    const found = (weights[at]?.weight ?? 0) + (name !== null && text.includes(name) ? 1 : 0)
    gap = found > 0 ? 0 : gap + words
    if (length > MAX_AD_WORDS || gap > MAX_AD_GAP) break
    if (found === 0) continue
    weight += found
    opened ||= weights[at]?.opens === true
    last = at
  }
  return opened && weight >= ENOUGH ? last : null
}

function markAds(said: readonly Said[], roles: SegmentRole[]): void {
  const weights = adWeights(said)
  for (let at = 0; at < said.length; at++) {
    const last = (weights[at]?.weight ?? 0) > 0 ? adEnd(said, weights, at) : null
    if (last === null) continue
    for (; at < last; at++) roles[at] = 'ad'
    roles[at] = 'ad'
  }
}

/** Marks an opening or a closing, from the outer end inwards for as long as hints follow one another closely. */
function markFrame(
  said: readonly Said[],
  roles: SegmentRole[],
  order: readonly number[],
  cues: readonly Cue[],
  role: 'intro' | 'outro',
): void {
  let weight = 0
  let length = 0
  let gap = 0
  let reach = -1
  for (const [step, at] of order.entries()) {
    const { text, words } = said[at] ?? { text: '', words: 0 }
    if (roles[at] !== 'content') continue
    const found = weigh(text, cues)
    length += words
    if (length > MAX_FRAME_WORDS || (found === 0 && gap + words > MAX_FRAME_GAP)) break
    gap = found > 0 ? 0 : gap + words
    weight += found
    if (found > 0) reach = step
  }
  if (weight < ENOUGH) return
  for (const at of order.slice(0, reach + 1)) if (roles[at] === 'content') roles[at] = role
}

/**
 * Finds advertisements, music, the opening and the closing by their wording and place. Everything else is `content`: losing a
 * label to a wrong role costs more than keeping a sentence of small talk.
 */
export function rolesOf(said: readonly Said[]): SegmentRole[] {
  const roles: SegmentRole[] = said.map(({ text }) => (isMusic(text) ? 'music' : 'content'))
  markAds(said, roles)
  const order = said.map((_, at) => at)
  // In a text of a few sentences, opening and closing cannot be distinguished from the content.
  const total = said.reduce((sum, { words }) => sum + words, 0)
  if (total >= MAX_FRAME_WORDS * 2) {
    markFrame(said, roles, order, INTRO, 'intro')
    markFrame(said, roles, order.reverse(), OUTRO, 'outro')
  }
  return roles
}
