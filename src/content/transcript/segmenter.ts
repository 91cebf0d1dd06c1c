import { detectLanguage, stretchLanguage } from '../text/detect-language.ts'
import { clockLine } from './clock-line.ts'
import { rolesOf } from './segment-roles.ts'
import { type Unit, unitsOf } from './segment-units.ts'
import type { Segment, SegmentRole, Timing, Transcript } from './segments.ts'

const MIN_WORDS = 40
const MAX_WORDS = 80
const AIM_WORDS = 60
/** Bounds the search in text without words (rows of symbols), which cannot be measured in words. */
const MAX_UNITS = 100

type Tagged = Unit & { role: SegmentRole }

const CUT_COST: Readonly<Record<Unit['cut'], number>> = {
  heading: 0,
  speaker: 0,
  paragraph: 0.15,
  line: 0.4,
  sentence: 0.4,
  inside: 2,
}

function sizeCost(words: number, alone: boolean): number {
  if (words > MAX_WORDS) return alone ? 1 : Number.POSITIVE_INFINITY
  if (words < MIN_WORDS) return 0.5 + (4 * (MIN_WORDS - words)) / MIN_WORDS
  return (0.3 * Math.abs(words - AIM_WORDS)) / (MAX_WORDS - AIM_WORDS)
}

/**
 * Groups units into segments at the least total cost (dynamic programming over all cuts). Segments of about 60 words, cuts at
 * changes of speaker and ends of paragraphs, and segments with one voice cost least.
 */
function group(units: readonly Tagged[]): Tagged[][] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }]
  for (let end = 1; end <= units.length; end++) {
    let chosen = { cost: Number.POSITIVE_INFINITY, from: end - 1 }
    let words = 0
    let most = 0
    const bySpeaker = new Map<string | null, number>()
    for (let from = end - 1; from >= 0 && end - from <= MAX_UNITS; from--) {
      const unit = units[from]
      if (unit === undefined) break
      words += unit.words
      if (words > MAX_WORDS && from < end - 1) break
      const spoken = (bySpeaker.get(unit.speaker) ?? 0) + unit.words
      bySpeaker.set(unit.speaker, spoken)
      most = Math.max(most, spoken)
      const others = words === 0 ? 0 : 1 - most / words
      const cost =
        (best[from]?.cost ?? 0) +
        (from === 0 ? 0 : CUT_COST[unit.cut]) +
        sizeCost(words, from === end - 1) +
        1.2 * others
      if (cost < chosen.cost) chosen = { cost, from }
    }
    best.push(chosen)
  }
  const groups: Tagged[][] = []
  for (let end = units.length; end > 0; ) {
    const from = best[end]?.from ?? end - 1
    groups.push(units.slice(from, end))
    end = from
  }
  return groups.reverse()
}

/** Parts that no segment may extend beyond: each has one heading and one role. */
function sectionsOf(units: readonly Tagged[]): Tagged[][] {
  const sections: Tagged[][] = []
  let role: SegmentRole | null = null
  for (const unit of units) {
    if (unit.cut === 'heading' || role !== unit.role || sections.length === 0) sections.push([])
    sections.at(-1)?.push(unit)
    role = unit.role
  }
  return sections
}

/** The speaker who says most of it; among equals the one who speaks first. */
function speakerOf(units: readonly Unit[]): string | null {
  const counts = new Map<string | null, number>()
  for (const unit of units) counts.set(unit.speaker, (counts.get(unit.speaker) ?? 0) + unit.words)
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [units[0]?.speaker ?? null, -1])[0]
}

/** An unknown time does not make the other one an estimate. */
function timingOf(from: Timing, to: Timing): Timing {
  if (from === 'interpolated' || to === 'interpolated') return 'interpolated'
  return from ?? to
}

/**
 * Cuts a transcript into numbered segments of 40 to 80 words at the ends of sentences and turns. Shorter segments occur only
 * next to a heading, an advertisement or music, and at the end. Segments are in order, do not overlap, and together hold every
 * character that is not white space. A boundary has the source's time if the source gives one there, else a time interpolated by
 * position between the nearest two, else null. Pure: equal input gives equal segments.
 */
export function segment(transcript: Transcript, options: { language?: string | null } = {}): Segment[] {
  const units = unitsOf(transcript)
  const roles = rolesOf(units.map((unit) => ({ text: transcript.text.slice(unit.start, unit.end), words: unit.words })))
  const tagged = units.map((unit, at) => ({ ...unit, role: roles[at] ?? 'content' }))
  const clock = clockLine(transcript.marks)
  const expected = options.language ?? transcript.language ?? detectLanguage(transcript.text)
  return sectionsOf(tagged)
    .flatMap(group)
    .map((members, index) => {
      const start = members[0]?.start ?? 0
      const end = members.at(-1)?.end ?? start
      const from = clock.startsAt(start)
      const to = clock.endsAt(end)
      const timing = timingOf(from.timing, to.timing)
      return {
        index,
        start,
        end,
        words: members.reduce((sum, unit) => sum + unit.words, 0),
        language: stretchLanguage(transcript.text.slice(start, end), expected),
        role: members[0]?.role ?? 'content',
        speaker: speakerOf(members),
        startMs: from.ms,
        endMs: to.ms,
        timing,
      }
    })
}
