import { type Sentence, sentencesIn } from './spoken-sentences.ts'

// What publishers write below every episode: requests, links, credits to hosts and sponsors, notices. In English and the most common
// German.
const ASKS =
  /\b(?:support (?:the|this|our|us|me)\b|follow (?:us|me|the|him|her|them|along|@)|(?:find|reach|contact|e-?mail|write|message|tweet|visit|catch) (?:us|me|(?:his|her|their|my|our) (?:books?|work|music))\b|subscribe|subscriptions?|abonnier|rate (?:and|us|the)|leave (?:us )?a (?:review|rating)|listen (?:live|early|now|ad.?free|to (?:the|this|more|full)|on\b|wherever|in\b)|(?:find|learn) (?:out )?more|for more (?:information|info|details)|(?:check|shout) out|click (?:here|the)|sign up|join (?:us|the (?:conversation|community|discord|club)|wondery|our)|early access|ad[- ]free|bonus episodes?|patreon|ko-?fi|paypal|merch(?:andise)?|newsletter|gift card|promo(?: |tional )?code|coupon|discount|% off|free trial|use (?:the )?code|sponsor(?:ed|s|ship)?\b|brought to you by|advertis|special thanks|thanks to our|value4value|sats? per minute|crank (?:up )?th|boostagram|download (?:the|this|our)|(?:buy|pre-?order|order) (?:the|your|our|my|it|now|tickets)|tickets (?:are|at|from|here)|(?:can be found|available) (?:here|now|at\b|in the|on (?:apple|spotify|amazon)|everywhere|wherever)|get in touch|social media|twitter handle|handle:|music by|artwork|edited by|mixed by|(?:theme|intro) music|our (?:producer|editor|engineer) is|is (?:an?|produced by) .{0,40}\bproduction\b|a production of|produced by|hosted (?:on|by acast)|powered by|privacy|cookie|do.not.sell|opt[- ]out|terms (?:of|and)|all rights reserved|copyright|©|all opinions (?:expressed )?(?:by|are)|(?:financial|legal|medical|investment) advice|keywords|learn more about your ad choices|jetzt anhören|datenschutz|impressum)/i
const LINK = /https?:\/\/|\bwww\.|\bmailto:|\S+@\S+\.\w|(?:^|\s)@\w{3,}|\/r\/\w/
const DOMAIN = /\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|fm|app|co|de|link|tv|show|news)\b(?:\/\S*)?/i
// Headings such as `Episode 16: Digital Beginnings`, `Links & Show Notes`, `Starring:`.
const HEADING =
  /^(?:(?:season|series|staffel|s)\s*\d+,?\s*)?(?:episode|ep|folge|chapter|part)\.?\s*#?\d+\b[^.!?]{0,80}$|^(?:more |the )?(?:(?:links?|show ?notes?|resources|chapters|credits|timestamps|transcript|mentioned|sources|recommended|related|keywords|tags)\b[^.!?]{0,30}|[^.!?]{2,50}:)$/i
const CLOCK = /^[([]?\d{1,2}:\d{2}/
/** With this many lines, a list probably holds names of supporters, a cast or links, not words about the item. */
const LONG_LIST = 6

const isLine = (text: string): boolean => !/[.!?…。！？]["”’)]*$/.test(text)

function isBoilerplate(sentence: string): boolean {
  if (ASKS.test(sentence) || LINK.test(sentence) || HEADING.test(sentence) || CLOCK.test(sentence)) return true
  return DOMAIN.test(sentence) && sentence.split(/\s+/).length < 9
}

/**
 * The sentences of a description that speak of the item itself, in order. Requests to follow and to pay, links, notices, credits, headings
 * and long lists of names are left out. Offsets are UTF-16 units in the description.
 */
export function ownSentences(description: string): (Sentence & { text: string; isLine: boolean })[] {
  const all = sentencesIn(description).map((span) => {
    const text = description.slice(span.start, span.end)
    return { ...span, text, isLine: isLine(text) }
  })
  const listed = new Set<number>()
  let from = 0
  for (let at = 0; at <= all.length; at++) {
    if (at < all.length && all[at]?.isLine && (all[at]?.text.split(/\s+/).length ?? 0) < 12) continue
    if (at - from >= LONG_LIST) for (let i = from; i < at; i++) listed.add(i)
    from = at + 1
  }
  return all.filter(({ text }, i) => !listed.has(i) && !isBoilerplate(text) && /\p{L}/u.test(text))
}

/** The same sentences as one text, one on each line. Each is a slice of the description. */
export function ownWords(description: string): string {
  return ownSentences(description)
    .map(({ text }) => text)
    .join('\n')
}
