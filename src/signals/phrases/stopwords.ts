const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))

/** The function words of English, with contracted forms (with a straight apostrophe). */
export const FUNCTION_WORDS = list(`
a about above across after afterwards again against all almost along already also although always am among an and another any anybody
anyone anything anyway anywhere are aren't around as at away back be became because become becomes been before behind being below beneath beside
besides between beyond both but by can can't cannot could couldn't did didn't do does doesn't doing don't done down during each either
else enough even ever every everybody everyone everything everywhere except few for from further had hadn't has hasn't have haven't having
he he'd he'll he's hence her here here's hers herself him himself his how how's however i i'd i'll i'm i've if in indeed inside instead into
is isn't it it'd it'll it's its itself just least less let let's like many may maybe me might mine more most mostly much must my myself
near nearly neither never nevertheless no nobody none nor not nothing now nowhere of off often on once one ones only onto or other others
otherwise ought our ours ourselves out outside over own per perhaps please quite rather really same several shall she she'd she'll she's should
shouldn't since so some somebody somehow someone something sometimes somewhere still such than that that'd that'll that's the their theirs
them themselves then there there'd there's therefore these they they'd they'll they're they've this those though through throughout thus
till to together too toward towards under unless until up upon us usually very was wasn't way we we'd we'll we're we've well were weren't
what what's whatever when when's whenever where where's wherever whether which whichever while who who'd who's whoever whole whom whose why
why's will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves`)

/** Words that fill and steer a conversation. They name no subject. */
export const SPEECH_WORDS = list(`
actually ah aha alright awesome basically bit bunch bye certainly cool course definitely eh er erm exactly excited folks fun gonna good
gotta great guess guy guys ha hello hey hi hm hmm honestly huh interesting kind kinda laughs laughter literally lot lots maybe mean mhm mm
nice obviously ok okay oh pretty probably question questions right seem seems simply sort sorry sound sounds sounded stuff super sure talk
talked talking talks thank thanks thing things think thinking thought totally uh uhm um ummm wanna welcome whatnot whoa wow ya yay yeah yep yup`)

/** Verbs and nouns that are too general to distinguish one stretch of a text from another. */
export const GENERAL_WORDS = list(`
able add added ago allow allows answer ask asked asking bad based become best better big bring call called came case cases chance change
come comes coming couple create day days different difference easy end example examples fact far feel find fine first found four full gave get gets getting give
given gives giving go goes going gone got happen happened happening happens hard hear heard help hold hope hour hours idea ideas important
keep kept knew know known knows large last later least leave left let level life like little live long longer look looked looking looks looked love made main make makes making man matter means men minute minutes moment month months need needs new next nice night number numbers
old part particular people person piece place places play point points possible problem problems put question quick read real reason reasons remember rest run
said saw say saying says second see seen set short show shows side simple single small someone soon start started starting starts stay step stop
story take taken takes taking tell tells term terms third three time times today together told tomorrow took topic tried true try trying turn two type understand
use used useful uses using usual want wanted wants ways week weeks went woman women won word words work worked working works world worth write
wrong year years yesterday five six seven eight nine ten hundred thousand million half
additional certain specific general various potential sufficient tries kinds sorts dear listener listeners audience quote unquote`)

/** Says whether a word carries a subject by itself. `word` is in lower case, with straight apostrophes. */
export function isContentWord(word: string): boolean {
  return (
    word.length > 2 &&
    !FUNCTION_WORDS.has(word) &&
    !SPEECH_WORDS.has(word) &&
    !GENERAL_WORDS.has(word) &&
    !/^\d/.test(word)
  )
}

/** A light English stemmer. It removes plural and -ing/-ed endings, which is enough to match `wallets` with `wallet`. */
export function stem(word: string): string {
  const bare = word.replace(/'s?$/, '')
  if (bare.length > 4 && bare.endsWith('ies')) return `${bare.slice(0, -3)}y`
  if (bare.length > 5 && /(?:ss|sh|ch|x)es$/.test(bare)) return bare.slice(0, -2)
  if (bare.length > 3 && bare.endsWith('s') && !/(?:ss|us|is)$/.test(bare)) return bare.slice(0, -1)
  if (bare.length > 6 && bare.endsWith('ing')) return bare.slice(0, -3)
  if (bare.length > 5 && bare.endsWith('ed')) return bare.slice(0, -2)
  return bare
}

/** The words of a text in order, in lower case and with straight apostrophes. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}][\p{L}\p{N}_]{0,1000}(?:['-][\p{L}\p{N}_]+)*/gu) ?? []
  )
}
