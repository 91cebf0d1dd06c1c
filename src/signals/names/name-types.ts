import type { EntityType } from '../../content/labels/entity-label.ts'
import { aroundAcronym, knownAcronym } from './acronyms.ts'
import {
  CELESTIAL,
  COUNTRY_NAMES,
  EVENT_ENDS,
  ORGANISATION_ENDS,
  ORGANISATION_HEADS,
  PLACE_ENDS,
  PLACE_HEADS,
  PRODUCT_ENDS,
  WORK_ENDS,
  WORLD_REGIONS,
} from './gazetteer.ts'
import {
  isCommonWord,
  isCurrency,
  isFamilyName,
  isGivenName,
  isKnownOrganisation,
  isKnownPerson,
  isKnownPlace,
} from './name-lexicon.ts'
import type { NameRun } from './name-runs.ts'
import { isAcronym, isTechnical, lettersOf } from './name-tokens.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

// Words that stand around names of each type. One such word says little, but many say much.
const SAYING = set(
  'said says wrote writes thinks thought argues argued proposed proposes told tells asked asks married died born played won grew sang stars starred served resigned hosts directed mentioned explained joked started knows believes wants went laughed smiled nodded replied looked',
)
const BEFORE_PERSON = set(
  'by with thanks hey hi hello named actor actress singer writer author director producer guitarist drummer player composer husband wife son daughter brother sister friend poet artist guest host developer colleague uncle aunt starring me',
)
const BEFORE_PLACE = set('in near outside around throughout across toward towards into')
const BEFORE_ORGANISATION = set(
  'at joined joins company band label team club firm startup founded signed ceo group versus vs',
)
const AFTER_ORGANISATION = set('announced released releases signed acquired employs launched hired sells reported inc')
const BEFORE_WORK = set(
  'album song book novel film movie titled entitled single paper podcast series called article post',
)
const BEFORE_PRODUCT = set(
  'use uses using run runs running install software app tool library version upgrade implementation called protocol opcode bip',
)
const AFTER_PRODUCT = set(
  'transaction transactions node nodes wallet wallets client protocol software implementation address addresses output outputs channel channels version script scripts upgrade proposal users user developers library signature signatures code works supports',
)
const AFTER_PLACE = set('area region')
const BEFORE_EVENT = set('during after at before')

export type Scores = Record<EntityType, number>

const noScores = (): Scores => ({ person: 0, organisation: 0, place: 0, work: 0, product: 0, event: 0, other: 0 })

/** Diseases that are written like products: `COVID-19`, `H1N1`. */
const DISEASE = /^(?:covid|sars|mers|h\d+n\d+)(?:-\w+)*$/i

function byForm(words: readonly string[], surface: string, scores: Scores): void {
  const lower = words.map((word) => word.toLowerCase())
  const [first = '', second = ''] = lower
  const last = lower.at(-1) ?? ''
  const isLong = words.length > 1
  if (isKnownPerson(surface)) scores.person += 4
  if (isKnownPlace(surface)) scores.place += 4
  if (COUNTRY_NAMES.has(surface.toLowerCase()) || WORLD_REGIONS.has(surface.toLowerCase())) scores.place += 5
  if (isKnownOrganisation(surface)) scores.organisation += 4
  if (!isLong && CELESTIAL.has(first)) scores.place += 3
  if (isLong && ORGANISATION_ENDS.has(last)) scores.organisation += 3
  if (ORGANISATION_HEADS.has(first) && (second === 'of' || second === 'for')) scores.organisation += 4
  if (isLong && isKnownPlace(words.slice(0, -1).join(' ')) && /[^s]s$/.test(last)) scores.organisation += 2.5
  if (isLong && PLACE_ENDS.has(last)) scores.place += 3
  if (isLong && PLACE_HEADS.has(first)) scores.place += 1.5
  if (isLong && (EVENT_ENDS.has(last) || /^(?:19|20)\d\d$/.test(last) || (EVENT_ENDS.has(first) && second === 'of')))
    scores.event += 3
  if (isLong && WORK_ENDS.has(last)) scores.work += 2.5
  if (isLong && PRODUCT_ENDS.has(last)) {
    scores.product += 2.5
    // Some things are named after people: `James Webb Space Telescope`.
    if (/^(?:wallet|pis?|telescope|satellite|spacecraft|rover|lander)$/.test(last)) scores.person -= 3
  }
  if (surface.includes('&')) scores.organisation += 1.5
  if (!isLong && isCurrency(surface)) scores.product += 2
  if (isLong && words.slice(1).some(isKnownPlace)) scores.person -= 2
  if (isLong && words.some(isCurrency)) scores.person -= 2
  if (!DISEASE.test(surface) && words.some(isTechnical)) scores.product += 3
  else if (isLong && words.some((word) => /^\d+(?:\.\d+)*$/.test(word)) && !/^(?:19|20)\d\d$/.test(last))
    scores.product += 2
  // Letters that are followed by figures: `Base64`, `Web3`.
  else if (!isLong && /^\p{L}{2,}\p{N}+$/u.test(surface)) scores.product += 2
  if (isLong && lower.some((word) => word === 'of' || word === 'the')) {
    scores.person -= 2
    scores.work += 0.6
  }
  byPersonalName(words, scores)
}

function byPersonalName(words: readonly string[], scores: Scores): void {
  const [head = ''] = words
  const tail = words.at(-1) ?? ''
  if (words.every(isAcronym)) return
  if (words.length === 1) {
    if (isGivenName(head)) scores.person += 2.2
    else if (isFamilyName(head)) scores.person += 1.4
    return
  }
  if (isGivenName(head)) scores.person += words.length <= 4 ? 2.8 : 1
  if (isFamilyName(tail)) scores.person += 1.2
  const isPlain = words.every((word) => /^\p{Lu}(?:[\p{Ll}\p{M}'’-]+\p{Lu}?[\p{Ll}\p{M}'’-]*|\.?)$/u.test(word))
  // Two or three capitalised words that the dictionary lacks are more often a person than anything else.
  if (isPlain && words.length <= 3 && !words.some(isCommonWord)) scores.person += 1.2
  if (
    words
      .slice(1, -1)
      .some((word) => /^\p{Lu}\.?$/u.test(word) || /^(?:van|von|de|der|bin|ibn|al|di|da|del)$/.test(word))
  )
    scores.person += 1.5
}

function byContext(runs: readonly NameRun[], surface: string, scores: Scores, isTechnicalTalk: boolean): void {
  const cap = (sum: number) => Math.min(2.5, sum)
  const seen = noScores()
  for (const { before, after, quoted, titled, beside } of runs) {
    if (beside.some(isKnownPlace)) seen.place += 0.9
    const near = before.at(-1) ?? ''
    if (titled !== null) seen.person += 2
    if (SAYING.has(after)) seen.person += 0.9
    if (BEFORE_PERSON.has(near)) seen.person += 0.6
    if (after === "'s") seen.person += 0.25
    if (near === 'in' && after !== "'s") seen.person -= 0.9
    if (BEFORE_PLACE.has(near) || (before[0] === 'city' && near === 'of')) seen.place += 0.7
    // People come from companies as well as from towns.
    if (near === 'from' || near === 'at' || near === 'to' || near === 'through') seen.place += 0.3
    if (AFTER_PLACE.has(after)) seen.place += 0.5
    if (BEFORE_ORGANISATION.has(near)) seen.organisation += 0.6
    if (AFTER_ORGANISATION.has(after)) seen.organisation += 0.6
    if (near === 'the' && /[^s]s$/.test(surface)) seen.organisation += 0.4
    if (near === 'the') {
      seen.organisation += 0.5
      seen.product += 0.25
      seen.person -= 0.6
    }
    if (near === 'a' || near === 'an') {
      seen.product += 0.6
      seen.person -= 0.6
      seen.place -= 0.4
    }
    if (BEFORE_WORK.has(near)) seen.work += 0.9
    if (quoted) seen.work += 0.9
    if (BEFORE_PRODUCT.has(near)) seen.product += 0.8
    if (AFTER_PRODUCT.has(after)) seen.product += 0.8
    if (BEFORE_EVENT.has(near)) seen.event += 0.25
  }
  const weight = 1 / Math.sqrt(runs.length)
  // In `the Moon` the article before a dictionary word says nothing.
  if (isCommonWord(surface)) seen.organisation *= 0.3
  // In `in Lightning` the dictionary word is seldom a place.
  if (isCommonWord(surface) && !isKnownPlace(surface)) seen.place *= 0.3
  // In `in Wasabi` the name is no place: a text about many techniques speaks of being in them, as in places. Such names are seldom
  // organisations either.
  if (isTechnicalTalk) {
    seen.place *= 0.4
    if (!surface.includes(' ') && !isKnownOrganisation(surface)) seen.organisation *= 0.4
    // A wallet that is called by a town's name is seldom the town.
    if (seen.product > seen.place && !surface.includes(' ') && isKnownPlace(surface)) scores.place -= 3.5
  }
  for (const type of ['person', 'organisation', 'place', 'work', 'product', 'event'] as const)
    scores[type] += cap(seen[type] * weight)
}

const ORDER = ['person', 'organisation', 'place', 'product', 'work', 'event'] as const

/**
 * Finds the type of a name by its form, by compromise's lexicon and by the words around it. `margin` (0 or more) is the distance to the
 * second-best type.
 */
export function typeOf(
  words: readonly string[],
  runs: readonly NameRun[],
  isTechnicalTalk = false,
): { type: EntityType; strength: number; margin: number } {
  const scores = noScores()
  // If the text also writes `Tor`, then `TOR` is no acronym. It is only in capitals.
  const letters = runs.every((run) => lettersOf(run.words) !== null) ? lettersOf(words) : null
  if (letters !== null) byLetters(letters, runs, scores)
  else byWords(words, runs, isTechnicalTalk, scores)
  const ranked = ORDER.map((type) => ({ type, score: scores[type] })).sort((a, b) => b.score - a.score)
  const [best, second] = ranked
  const needed = best?.type === 'organisation' || best?.type === 'person' ? 0.7 : 0.5
  if (best === undefined || best.score < needed) return { type: 'other', strength: best?.score ?? 0, margin: 0 }
  return { type: best.type, strength: best.score, margin: best.score - (second?.score ?? 0) }
}

// Capitals alone do not say what they stand for. An acronym gets a type only if it is known, or if the text says what it is.
function byLetters(letters: string, runs: readonly NameRun[], scores: Scores): void {
  const known = knownAcronym(letters)
  if (known !== null) scores[known] += 4
  if (isCurrency(letters)) scores.product += 2
  const seen = aroundAcronym(runs)
  for (const type of ['person', 'organisation', 'product'] as const)
    scores[type] += Math.min(2.5, seen[type] / Math.sqrt(runs.length))
}

function byWords(words: readonly string[], runs: readonly NameRun[], isTechnicalTalk: boolean, scores: Scores): void {
  byForm(words, words.join(' '), scores)
  // In `Dame Isa of the Moors` a person is named after a place. A title stands before the name.
  if (runs.some(({ titled }) => titled !== null) && words.includes('of')) scores.person += 2
  byContext(runs, words.join(' '), scores, isTechnicalTalk)
}
