import { isVerb, tagsOf } from '../names/name-lexicon.ts'
import { FUNCTION_WORDS, isContentWord, SPEECH_WORDS, wordsOf } from '../phrases/stopwords.ts'
import { readable } from '../reading/transcriber-marks.ts'

// Discourse markers that a written claim does not need. Some are left out wherever they begin a sentence. Words that can carry meaning
// there (`No node …`, `Right now …`) are left out only if a comma follows them. Hedges such as `I think` stay.
const LEADS =
  /^(?:(?:and|but|so(?! (?:far|that(?!['’]s| (?:is|was))|much|many|long|called|to)\b)|or(?! (?:else|rather)\b)|okay|ok|yeah|yep|oh|uh+|um+|erm?|ah|hmm|huh|then(?! again)),?\s+|(?:or|because|cause|well|yes|no|right|now|then|alright|all right|also|plus|again|basically|actually|obviously|honestly|essentially|anyways?|still|look|see|like|sure|exactly|absolutely|cool|great|you know|i mean|as i said|like i said|as you know|as you can see|of course|in fact|to be honest|the thing is|first of all|for example|for instance|in other words|therefore|however),\s+|well(?= (?:the|a|an|we|i|you|they|he|she|it|there|this|that|but|so|personally)\b)\s+|like(?= (?:for|on|in|at|if|when)\b)\s+)+/i
const FILLERS =
  /,?\s+(?:um+|uh+|erm)(?=[\s,.?!]),?|,\s+(?:you know|i mean|like|right|basically|literally|actually|kind of|sort of)(?=,),|\s+(?:kind of|sort of)(?= like\b)/gi
const TAIL =
  /,\s+(?:right|you know|okay|ok|yeah|so|and so on|and so forth|or something|or whatever|and stuff|and everything|basically|essentially|actually|perhaps|i guess)\s*[.?!]?$/i
const REPEATED = /\b([\p{L}'’]+)(?:,?\s+\1\b)+/giu

/**
 * Turns a spoken sentence into a claim. It leaves out the marks of transcribers, discourse markers at the start, fillers inside and tags at
 * the end. It writes stuttered words once, and adds a capital and a full stop. It adds no word that was not said.
 */
export function cleanClaim(sentence: string): string {
  const bare = readable(sentence)
    .replace(/^["“”'‘’«»—–-]+\s*/, '')
    .replace(/^\p{L}[\p{L} .'’-]{1,40}:\s+(?=\p{Lu})/u, '')
  const calm = bare
    .replace(LEADS, '')
    .replace(FILLERS, '')
    .replace(REPEATED, '$1')
    .replace(TAIL, '')
    .replace(/\s+([,.;:?!])/g, '$1')
    .replace(/[\s,;:—–-]+$/, '')
    .trim()
  if (wordsOf(calm).every((word) => SPEECH_WORDS.has(word))) return ''
  const closed = /[.!?…]["”’)]*$/.test(calm) ? calm : `${calm}.`
  return closed.charAt(0).toUpperCase() + closed.slice(1)
}

const DANGLING =
  /^(?:that|this|it|its|it's|that's|these|those|they|they're|them|their|he|he's|she|she's|him|her|his|there|there's|which|who|whom|whose|where|when|while|if|unless|until|even|such|here|here's|because|otherwise|therefore|however|thus|hence|instead|either|neither|both|another|other|same|what|how|why|let|let's|not|than|to|as|by|with|for|of|about|into|from|yours|mine|did|do|does|is|are|was|were|can|could|should|would|will|have|has)$/
const TALK_ABOUT_TALK =
  /\b(?:i['’]?(?:m| am) going to|i want to|i wanted to|i['’]?d like to|let me|let['’]s|we['’]re going to|we['’]ll|i['’]ll|you can see|next slide|this slide|the slide|this episode|this talk|this podcast|today['’]s|subscribe|sponsor|sign up|patreon|promo|discount|newsletter|check out|link in|show notes|thanks|thank you|welcome|hello|hi|hey|sitting down with|good question|question|i don['’]t know|i['’]?m not sure|i guess|i forgot|i remember|i was like|hear me|laughs?|applause|any questions|talk about|talked about|talking about|as i said|see here|over here|right here|mentioned|shout out|joking|next talk|the stage|give it up for)\b/i
const PERSONAL = /\b(?:i|i'm|i've|i'd|i'll|me|my|you|you're|your|you'll|you've)\b/gi

/**
 * A factor 0..1 that says how well a sentence serves as a claim: 1 if it stands on its own, 0 if it never does. Marks inside the
 * transcribed sentence mean that the speaker broke off or was not understood.
 */
export function selfContained(claim: string, sentence = claim): number {
  const words = wordsOf(claim)
  const first = words[0] ?? ''
  if (claim.includes('?') || words.length < 8 || words.length > 45) return 0
  if (/[{}[\]<>|]/.test(sentence) || /https?:|\.\.\.|…|--/.test(claim)) return 0.15
  let factor = 1
  if (
    /\b(?:that|this|those|these) (?:situation|case|point|one|thing|way|problem|stuff|time|kind|sort|sense)\b/i.test(
      claim,
    )
  )
    factor *= 0.6
  if (
    /^(?:the same|one (?:is|was)|the (?:other|first|second|third|last|next) (?:one|thing|part|question)|a lot of times)\b/i.test(
      claim,
    )
  )
    factor *= 0.35
  if (/\b(?:slide|refers? to|screen|diagram|picture)\b|\bgoing to link\b/i.test(claim)) factor *= 0.4
  if (/^like (?:the|a|an|this|that|you|we)\b/i.test(claim)) factor *= 0.5
  // The second part of a sentence that was cut: `Like create transactions …`.
  if (first === 'like' && isVerb(words[1] ?? '')) factor *= 0.2
  if ((claim.match(/["“”]/g)?.length ?? 0) % 2 === 1) factor *= 0.3
  // What one person in a story says to another.
  if (/,["”’']\s+\p{L}/u.test(claim)) factor *= 0.3
  // Words that address somebody: `Priya, there was a report …`.
  if (/^\p{Lu}\p{Ll}+,\s(?!and\b|or\b)/u.test(claim)) factor *= 0.6
  if (DANGLING.test(first))
    factor *= /^(?:if|when|while|to|both|as|by|with|for|because)$/.test(first) && words.length > 11 ? 0.6 : 0.22
  // A pronoun near the start has nothing before it that explains it.
  if (words.slice(1, 5).some((word) => /^(?:it|they|them|he|she|this|that|those|these)$/.test(word))) factor *= 0.55
  if (/\b(?:this|that|those|these|it)[.!]?$/i.test(claim)) factor *= 0.7
  if (TALK_ABOUT_TALK.test(claim)) factor *= 0.3
  const personal = claim.match(PERSONAL)?.length ?? 0
  factor *= 1 / (1 + 0.3 * personal)
  const content = words.filter(isContentWord).length / words.length
  if (content < 0.22) factor *= 0.5
  const noise = words.filter((word) => SPEECH_WORDS.has(word)).length
  factor *= 1 / (1 + 0.25 * noise)
  const hasVerb = words.some(
    (word) =>
      isVerb(word) ||
      /^(?:is|are|was|were|has|have|had|can|will|isn't|aren't|doesn't|don't|won't|can't)$/.test(word) ||
      /(?:'s|'re|'ve|'ll)$/.test(word) ||
      tagsOf(word).includes('Auxiliary'),
  )
  if (!hasVerb) factor *= 0.3
  // The sentence ends with a word that needs another after it.
  const last = words.at(-1) ?? ''
  if (/^(?:the|a|an|of|to|and|or|but|because|with|for|in|on|that|is|are|was|like|i|you|we|your|their|its)$/.test(last))
    factor *= 0.2
  if (FUNCTION_WORDS.has(first) && words.slice(0, 4).every((word) => FUNCTION_WORDS.has(word))) factor *= 0.7
  return factor
}
