import type { EvidenceRef } from '../../content/evidence/evidence-ref.ts'
import type { EntityCandidate } from '../candidates.ts'
import { CONTENT_ROLES, clipAround, type SegmentSentence, sentencesOf } from '../claims/claim-sentences.ts'
import { ownSentences } from '../reading/description-text.ts'
import type { Reading } from '../reading/reading.ts'
import { sentencesIn } from '../reading/spoken-sentences.ts'
import { withoutMarks } from '../reading/transcriber-marks.ts'
import { withoutCommonAcronyms } from './acronyms.ts'
import { caselessRuns, isCaseless } from './caseless-names.ts'
import { capitalisesNouns, namesAmongNouns } from './german-names.ts'
import { groupRuns, mergeNames, withoutPlaceholders } from './merge-names.ts'
import { fold, type NameGroup } from './name-group.ts'
import { mentionFinder } from './name-mentions.ts'
import { lowerCounts, runsOf, settleInitials } from './name-runs.ts'
import { isAcronym, tokens } from './name-tokens.ts'
import { personSpeakers } from './speaker-names.ts'

const QUOTE_LIMIT = 300
const LIMIT = 60
const EVIDENCE = 4
/** This many mentions of a name are considered as evidence. Further mentions are only counted. */
const LOOKED_AT = 400
/** This many names are measured: the most frequent ones of a text. */
const MEASURED = 600

const round = (n: number): number => Math.round(Math.min(1, Math.max(0, n)) * 1000) / 1000

function metadataSentences({ title, description }: Reading): SegmentSentence[] {
  const titled = sentencesIn(title).map(({ start, end }) => ({ start, end, text: title.slice(start, end) }))
  return [...titled, ...ownSentences(description)].map(({ start, end, text }) => ({ segment: -1, start, end, text }))
}

function withSpeakers(groups: readonly NameGroup[], speakers: readonly string[]): NameGroup[] {
  const byKey = new Map(groups.map((group) => [fold(group.name), group]))
  for (const name of speakers) {
    const known = byKey.get(fold(name))
    const person = { name, type: 'person' as const, strength: 5, margin: 5, speaks: true }
    if (known === undefined) byKey.set(fold(name), { ...person, aliases: new Set(), runs: [] })
    else byKey.set(fold(name), { ...known, ...person, name: known.name })
  }
  return [...byKey.values()]
}

interface Measured {
  group: NameGroup
  names: string[]
  places: { segment: number; start: number }[]
  inTitle: boolean
  inDescription: boolean
}

function evidenceOf(
  { names, places, inTitle, inDescription }: Measured,
  reading: Reading,
  sentences: ReadonlyMap<number, readonly SegmentSentence[]>,
): EvidenceRef[] {
  const [name = ''] = names
  const isFull = ({ text }: { text: string }) => text.includes(name)
  const found = places.slice(0, LOOKED_AT).flatMap(({ start, segment }) => {
    const sentence = sentences.get(segment)?.find((each) => each.start <= start && start < each.end)
    return sentence === undefined ? [] : [{ segment, at: start - sentence.start, text: sentence.text }]
  })
  const seen = new Set<number>()
  const ranked = found
    // A sentence comes first if it gives the full name and says something about it.
    .map((place, i) => ({
      ...place,
      rank: 2 * Number(isFull(place)) + Math.min(1, place.text.length / 120) - i / (2 * found.length),
    }))
    .sort((a, b) => b.rank - a.rank || a.segment - b.segment)
    .filter(({ segment }) => !seen.has(segment) && seen.add(segment))
  const chosen = ranked.slice(0, EVIDENCE)
  // If a name is used in two forms, the evidence shows both.
  const other = ranked.find((place) => !isFull(place))
  if (other !== undefined && chosen.every(isFull)) chosen.splice(EVIDENCE - 1, 1, other)
  const refs: EvidenceRef[] = chosen.map(({ segment, text, at }) => ({
    source: 'transcript',
    segment,
    quote: clipAround(text, at, QUOTE_LIMIT),
  }))
  if (inTitle) {
    const at = Math.max(0, ...names.map((each) => reading.title.indexOf(each)))
    refs.push({ source: 'title', segment: null, quote: clipAround(reading.title, at, QUOTE_LIMIT) })
  }
  if (inDescription && refs.length === 0) {
    const at = Math.max(0, ...names.map((each) => reading.description.indexOf(each)))
    refs.push({ source: 'description', segment: null, quote: clipAround(reading.description, at, QUOTE_LIMIT) })
  }
  return refs
}

function salience({ group, places, inTitle, inDescription }: Measured, reading: Reading): number {
  const spread = new Set(places.map(({ segment }) => segment)).size / Math.max(1, reading.segments.length)
  const often = Math.log2(1 + places.length) / 6
  const sure = Math.min(1, group.strength / 4)
  return round(
    0.55 * Math.min(1, often) +
      0.1 * Math.min(1, 4 * spread) +
      0.1 * sure +
      (group.speaks ? 0.3 : 0) +
      (inTitle ? 0.2 : 0) +
      (inDescription ? 0.1 : 0) -
      (group.type === 'other' ? 0.04 : 0) -
      (places.length < 2 && isAcronym(group.name) ? 0.06 : 0),
  )
}

// There is no evidence for somebody who speaks and whom nobody names. A title may be written in capitals throughout. A name that stands
// only there counts only if its form shows that it is a name.
function isSupported({ group, places, inTitle, inDescription }: Measured): boolean {
  return (
    places.length > 0 ||
    inDescription ||
    (inTitle && ['person', 'organisation', 'place'].includes(group.type) && group.strength >= 2.5)
  )
}

/**
 * The people, organisations, places, works, products and events that an item names. Statistics of the text decide which runs of capitalised
 * words are names. Form, context and compromise's lexicon (English) decide their types. The speakers and the names in the metadata are
 * joined to them. Pure and deterministic. Input and output can be cloned to a worker. Sorted by salience, at most 60.
 */
export function entityCandidates(reading: Reading): EntityCandidate[] {
  const sentences = sentencesOf(reading, CONTENT_ROLES)
  const metadata = metadataSentences(reading)
  const cut = [...sentences, ...metadata].map(({ text }) => tokens(withoutMarks(text)))
  const lower = lowerCounts(cut)
  const speakers = personSpeakers(reading.segments)
  const caseless = isCaseless(cut.slice(0, sentences.length))
  const cased = runsOf(caseless ? metadata : [...sentences, ...metadata], caseless ? cut.slice(sentences.length) : cut)
  const settled = settleInitials(cased, lower)
  const named = capitalisesNouns(reading.language) ? settled.flatMap(namesAmongNouns) : settled
  const runs = [...named, ...(caseless ? caselessRuns(sentences, cut) : [])]
  const often = groupRuns(runs, lower)
    .sort((a, b) => b.runs.length - a.runs.length || (a.name < b.name ? -1 : 1))
    .slice(0, MEASURED)
  const groups = withoutCommonAcronyms(
    withoutPlaceholders(mergeNames(withSpeakers(often, speakers.slice(0, MEASURED)))),
  )
  const bySegment = new Map<number, SegmentSentence[]>()
  for (const sentence of sentences) {
    const own = bySegment.get(sentence.segment)
    if (own === undefined) bySegment.set(sentence.segment, [sentence])
    else own.push(sentence)
  }
  const names = groups.map(({ name, aliases }) => [name, ...[...aliases].sort()])
  const content = reading.segments.filter(({ role }) => CONTENT_ROLES.includes(role))
  const mentionsOf = mentionFinder(names, caseless)
  const places = groups.map((): Measured['places'] => [])
  for (const { index, start, end } of content)
    for (const mention of mentionsOf(reading.text.slice(start, end)))
      places[mention.owner]?.push({ segment: index, start: start + mention.start })
  const inTitle = new Set(mentionsOf(reading.title).map(({ owner }) => owner))
  const inDescription = new Set(mentionsOf(reading.description).map(({ owner }) => owner))
  return groups
    .map((group, i) => {
      const measured: Measured = {
        group,
        names: names[i] ?? [group.name],
        places: places[i] ?? [],
        inTitle: inTitle.has(i),
        inDescription: inDescription.has(i),
      }
      return { measured, score: salience(measured, reading) }
    })
    .filter(({ measured }) => isSupported(measured))
    .sort((a, b) => b.score - a.score || (a.measured.group.name < b.measured.group.name ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ measured, score }) => ({
      name: measured.group.name,
      type: measured.group.type,
      aliases: measured.names.slice(1, 11),
      mentions: measured.places.length,
      score,
      evidence: evidenceOf(measured, reading, bySegment),
    }))
}
