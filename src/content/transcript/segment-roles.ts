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
export interface SpokenPiece {
  text: string
  words: number
}

const MIN_CUE_WEIGHT = 3
/** The longest advertisement. A longer passage is talk about advertising. */
const MAX_AD_WORDS = 350
/** Hints that are further apart do not belong to the same advertisement. */
const MAX_AD_GAP = 70
const MAX_FRAME_WORDS = 130
const MAX_FRAME_GAP = 25

const cueWeight = (text: string, cues: readonly Cue[]) =>
  cues.reduce((sum, { pattern, weight }) => sum + (pattern.test(text) ? weight : 0), 0)

function isMusic(text: string): boolean {
  if (!/[♪♫♬🎵🎶[(*]/u.test(text)) return false
  const rest = text.replace(MUSIC_NOTE, '')
  return rest.length < text.length && !/[\p{L}\p{N}]/u.test(rest)
}

/** How strongly each sentence suggests advertising. `opens` marks an opening or an offer: every advertisement needs one. */
function adWeights(pieces: readonly SpokenPiece[]): { weight: number; opens: boolean }[] {
  return pieces.map(({ text }) => {
    const opening = cueWeight(text, AD_STARTS) + cueWeight(text, AD_OFFERS)
    return { weight: opening + cueWeight(text, AD_HINTS), opens: opening > 0 }
  })
}

/** The last sentence of the advertisement that begins at a sentence, or null if the hints are too weak. */
function adEnd(
  pieces: readonly SpokenPiece[],
  weights: readonly { weight: number; opens: boolean }[],
  from: number,
): number | null {
  const sponsor = SPONSOR_NAME.exec(pieces[from]?.text ?? '')
  const name = sponsor?.[1] ?? sponsor?.[2] ?? null
  let weight = weights[from]?.weight ?? 0
  let opened = weights[from]?.opens === true
  let last = from
  let length = pieces[from]?.words ?? 0
  let gap = 0
  for (let at = from + 1; at < pieces.length; at++) {
    const { text, words } = pieces[at] ?? { text: '', words: 0 }
    if (AD_ENDS.test(text)) {
      // The speaker says that the break is over: everything up to here belonged to it.
      if (opened && weight >= MIN_CUE_WEIGHT) last = at - 1
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
  return opened && weight >= MIN_CUE_WEIGHT ? last : null
}

function markAds(pieces: readonly SpokenPiece[], roles: SegmentRole[]): void {
  const weights = adWeights(pieces)
  for (let at = 0; at < pieces.length; at++) {
    const last = (weights[at]?.weight ?? 0) > 0 ? adEnd(pieces, weights, at) : null
    if (last === null) continue
    for (; at < last; at++) roles[at] = 'ad'
    roles[at] = 'ad'
  }
}

/** Marks an opening or a closing, from the outer end inwards for as long as hints follow one another closely. */
function markFrame(
  pieces: readonly SpokenPiece[],
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
    const { text, words } = pieces[at] ?? { text: '', words: 0 }
    if (roles[at] !== 'content') continue
    const found = cueWeight(text, cues)
    length += words
    if (length > MAX_FRAME_WORDS || (found === 0 && gap + words > MAX_FRAME_GAP)) break
    gap = found > 0 ? 0 : gap + words
    weight += found
    if (found > 0) reach = step
  }
  if (weight < MIN_CUE_WEIGHT) return
  for (const at of order.slice(0, reach + 1)) if (roles[at] === 'content') roles[at] = role
}

/**
 * Finds advertisements, music, the opening and the closing by their wording and place. Everything else is `content`: losing a
 * label to a wrong role costs more than keeping a sentence of small talk.
 */
export function rolesOf(pieces: readonly SpokenPiece[]): SegmentRole[] {
  const roles: SegmentRole[] = pieces.map(({ text }) => (isMusic(text) ? 'music' : 'content'))
  markAds(pieces, roles)
  const order = pieces.map((_, at) => at)
  // In a text of a few sentences, opening and closing cannot be distinguished from the content.
  const total = pieces.reduce((sum, { words }) => sum + words, 0)
  if (total >= MAX_FRAME_WORDS * 2) {
    markFrame(pieces, roles, order, INTRO, 'intro')
    markFrame(pieces, roles, order.reverse(), OUTRO, 'outro')
  }
  return roles
}
