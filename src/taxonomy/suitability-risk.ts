import type { Prevalence, Risk, Treatment } from '../content/labels/suitability-label.ts'

/** The values from which risk is computed; `category` is the id of a GARM category. */
export interface RiskInput {
  category: string
  prevalence: Prevalence
  treatment: Treatment
}

/** Risk levels from the mildest to the floor, at which no content is suitable for advertising. */
const LEVELS = ['low', 'medium', 'high', 'floor'] as const satisfies readonly Risk[]

/**
 * The weight of a category before anything is known about the item:
 * - `grave`: the act itself is a crime or an incitement, and content that promotes it lies below the floor;
 * - `adult`: legal between adults, but depicting or promoting it is unsuitable for most brands;
 * - `debated`: talk about it is common and legitimate, and seldom worse than uncomfortable.
 */
const WEIGHT: Readonly<Record<string, 'grave' | 'adult' | 'debated'>> = {
  'hate-speech-aggression': 'grave',
  terrorism: 'grave',
  'crime-harmful-acts': 'grave',
  'spam-harmful': 'grave',
  'online-piracy': 'grave',
  misinformation: 'grave',
  'adult-sexual': 'adult',
  'arms-ammunition': 'adult',
  'drugs-tobacco-alcohol': 'adult',
  'death-injury-military-conflict': 'adult',
  'obscenity-profanity': 'adult',
  'sensitive-social-issues': 'debated',
}

/**
 * Computes the brand-suitability risk of a category in an item, in GARM's four levels (floor, high, medium, low):
 *
 * 1. The treatment sets the first level. Explaining or reporting (`educational`, `documentary`, `news`) starts at low;
 *    arguing, inventing or telling of oneself (`editorial`, `fictional`, `personal`) at medium; joking about it
 *    (`comedic`) at medium, and at high where the category is grave; `glamorising` at high, and at floor where it is grave.
 * 2. The prevalence moves the level: `dominant` one level up, `passing` one level down, `recurring` does not move it.
 * 3. Bounds. A `debated` category is never above high. The floor is only for glamorising: everything else ends at high.
 *    A passing mention that glamorises a grave category is high, never less.
 *
 * An unknown category counts as `grave`: an error must not make an item look safer than it is.
 */
export function riskOf({ category, prevalence, treatment }: RiskInput): Risk {
  const weight = WEIGHT[category] ?? 'grave'
  const level = startingLevel(treatment, weight === 'grave') + shift(prevalence)
  const highest = treatment === 'glamorising' && weight !== 'debated' ? 3 : 2
  return LEVELS[Math.max(0, Math.min(highest, level))] ?? 'floor'
}

function startingLevel(treatment: Treatment, grave: boolean): number {
  switch (treatment) {
    case 'educational':
    case 'documentary':
    case 'news':
      return 0
    case 'editorial':
    case 'fictional':
    case 'personal':
      return 1
    case 'comedic':
      return grave ? 2 : 1
    case 'glamorising':
      return grave ? 3 : 2
  }
}

function shift(prevalence: Prevalence): number {
  switch (prevalence) {
    case 'passing':
      return -1
    case 'recurring':
      return 0
    case 'dominant':
      return 1
  }
}
