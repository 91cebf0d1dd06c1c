/** A wording that indicates a role, with its weight. A role needs a weight of 3, from one plain statement or several hints. */
export interface Cue {
  pattern: RegExp
  weight: number
}

const cue = (weight: number, pattern: RegExp): Cue => ({ pattern, weight })

/** Sentences that announce an advertisement. */
export const AD_STARTS: readonly Cue[] = [
  cue(
    3,
    /\b(?:this|today['’]?s|the) (?:episode|show|podcast|program(?:me)?|video|week)(?:['’]s)?(?: \w+){0,3} (?:is |was |are )?(?:brought to you|sponsored|supported|made possible|presented) by\b/i,
  ),
  cue(
    3,
    /\b(?:support|funding) for (?:this|the|our|today['’]?s) (?:\w+ ){0,3}?(?:show|podcast|episode|program(?:me)?)?(?: \w+){0,2} ?(?:comes|is provided)\b/i,
  ),
  cue(
    3,
    /\b(?:a |quick )?(?:word|message|break) (?:from|for|to thank|to hear from) (?:\w+ ){0,2}?(?:our|today['’]?s|this week['’]?s|the) (?:\w+ ){0,2}?sponsors?\b/i,
  ),
  cue(
    3,
    /\b(?:thank|thanks to|like to thank|shout ?out to) (?:our|today['’]?s|this (?:week|episode)['’]?s) (?:\w+ ){0,2}?sponsors?\b/i,
  ),
  cue(3, /\b(?:today['’]?s|this (?:week|month|episode)['’]?s|our) (?:\w+ )?sponsor(?:s)? (?:is|are|for today)\b/i),
  cue(3, /\bsponsors? (?:of|for|behind) (?:this|today['’]?s|our) (?:week['’]?s )?(?:show|podcast|episode)\b/i),
  cue(2, /\bbrought to you by\b/i),
  cue(2, /\bwe['’]?ll be right back\b|\bafter (?:this|the|a) (?:short |quick )?(?:break|message)\b/i),
  cue(
    3,
    /\b(?:diese folge|dieser podcast|die heutige folge) wird (?:\w+ ){0,3}(?:präsentiert|gesponsert|unterstützt) von\b|^\W*(?:werbung|anzeige)\W*$/i,
  ),
  cue(
    3,
    /\b(?:este episodio|este programa) (?:es|está) (?:presentado|patrocinado) por\b|\bcet épisode est (?:sponsorisé|présenté) par\b/i,
  ),
]

/** Commercial wordings. A web address counts as advertising only with one of these or with an opening from above. */
export const AD_OFFERS: readonly Cue[] = [
  cue(
    2,
    /\b(?:promo|discount|coupon|voucher|offer) ?codes?\b|\buse (?:the |my |our )?code\b|\bwith (?:the )?code [A-Z]/i,
  ),
  // "20 % off" in figures or words: off a price, not "off-peak" or "off course".
  cue(
    2,
    /(?:\d ?|\b(?:five|ten|eleven|twelve|hundred|\w+teen|\w+ty(?:[- ]\w+)?) )(?:%|per ?cent|dollars?|bucks|euros?|pounds) off\b(?! (?:its|their|course|target|the (?:peak|highs?|mark))\b)|[$€£]\d+ off\b|\bhalf (?:off|price)\b/i,
  ),
  // "keeps this show free", "makes it possible": the work of a sponsor.
  cue(
    2,
    /\b(?:keep|make|bring)(?:s|ing)? (?:this|the|our) (?:show|podcast|program(?:me)?|series) (?:\w+ ){0,2}(?:free|possible|alive|going|running|independent|to you)\b/i,
  ),
  cue(
    2,
    /\bthank(?:s| you) to [^.?!]{1,60} for (?:supporting|sponsoring) (?:the|this|our|today['’]?s) (?:show|podcast|episode|program(?:me)?)\b/i,
  ),
  cue(
    1,
    /\bfree trial\b|\btry (?:it|them) (?:for )?free\b|\bfirst (?:month|order|box|purchase)(?: is)? (?:free|for free)\b|\b(?:free shipping|free delivery|money[- ]back guarantee)\b/i,
  ),
  cue(1, /\bterms (?:and conditions )?apply\b|\blimited time\b|\bour sponsors?\b/i),
  cue(2, /\brabattcode\b|\bgutschein(?:code)?\b|\bcódigo de descuento\b|\bcode promo\b/i),
]

/** Hints that a sentence belongs to an advertisement, if there is one. */
export const AD_HINTS: readonly Cue[] = [
  cue(2, /\bdot \w+ (?:forward )?slash \w|\.(?:com|co|org|io|net|fm|app|dev)\/\w/i),
  cue(
    1,
    /\b(?:go|head(?: on)?(?: over)?|log on) to \S+(?:\.[a-z]{2,}| dot \w+)\b|\b(?:visit|at) \S+(?:\.[a-z]{2,}| dot (?:com|co|org|io|net|example))\b/i,
  ),
  cue(1, /\b(?:sign up|get started|order|shop|try it|download it) (?:now|today|at)\b|\bsponsored by\b/i),
]

/** The sponsor's name, which follows an opening. */
export const SPONSOR_NAME =
  /\b(?:brought to you|sponsored|supported|presented|made possible|präsentiert|gesponsert|unterstützt|patrocinado|presentado|sponsorisé|présenté) (?:by|von|por|par)(?: our friends at| the)? (\p{Lu}[\p{L}\p{N}+&'’-]*)|\b(?:sponsors? (?:is|are|,)|comes from|thanks to|message from|word from) (?:our friends at |the )?(\p{Lu}[\p{L}\p{N}+&'’-]*)/u

/** Sentences that return to the programme. */
export const AD_ENDS =
  /\b(?:(?:now |and )?(?:let['’]?s (?:get|go) |we['’]?re |it['’]?s )?back to (?:the|our|today['’]?s) (?:show|episode|conversation|interview|story|program(?:me)?)|(?:and )?welcome back|(?:and )?we['’]?re back)\b/i

export const INTRO: readonly Cue[] = [
  cue(
    3,
    /\bwelcome (?:back )?to (?:the |another |a new |our |this |today['’]?s |a )?[^.?!]{0,60}\b(?:podcast|show|episode|edition|program(?:me)?|series|radio|club)\b/i,
  ),
  cue(3, /\byou['’]?re listening to\b|\byou are listening to\b/i),
  cue(
    3,
    /\bthis is (?!when|how|what|why|where|not|a\b)(?:the )?[^.?!,]{1,50}\b(?:podcast|show)\b(?! (?:us|you|how|that|what|me|them|up)\b)/i,
  ),
  cue(3, /\bthis is [^.?!,]{1,50}, (?:the|a|an|your) (?:\w+ ){0,3}(?:podcast|show|series|program(?:me)?)\b/i),
  cue(
    2,
    /\b(?:i['’]m|i am|my name is)\b[^.?!]{0,40}\b(?:your host|and this is|and welcome|and you['’]re)\b|\b(?:i['’]m|i am) your host\b/i,
  ),
  cue(2, /\b(?:on|in) (?:today['’]?s|this week['’]?s|this) (?:show|episode|programme|program|edition)\b/i),
  cue(
    2,
    /\b(?:hello|hi|hey|good (?:morning|afternoon|evening))\b[^.?!]{0,30}\bwelcome\b|\bwelcome (?:back )?(?:everyone|everybody|all|listeners)\b/i,
  ),
  cue(2, /\blive from\b[^.?!]{1,60}\bthis is\b/i),
  cue(2, /\b(?:hosted by|with your hosts?)\b/i),
  cue(
    3,
    /\b(?:herzlich )?willkommen (?:zu|bei|im|zur)\b[^.?!]{0,60}\b(?:podcast|folge|sendung|ausgabe)\b|\bsie hören\b/i,
  ),
  cue(
    3,
    /\bbienvenid[oa]s? (?:a|al)\b[^.?!]{0,60}\b(?:podcast|programa|episodio)\b|\bbienvenue (?:dans|sur|à)\b[^.?!]{0,60}\b(?:podcast|émission|épisode)\b/i,
  ),
]

export const OUTRO: readonly Cue[] = [
  cue(3, /\bthank(?:s| you| all)(?: \w+){0,4} for (?:listening|watching|tuning in|downloading)\b/i),
  cue(
    3,
    /\b(?:see|talk to|catch|speak to) you (?:all |guys )?(?:next (?:time|week|month|episode)|in the next|again (?:next|soon))\b|\b(?:un)?till? next (?:time|week)\b/i,
  ),
  cue(2, /\bsubscribe\b|\bhit the (?:like|bell)\b/i),
  cue(
    2,
    /\brate (?:us|(?:this|the|our) (?:show|podcast))\b|\brate(?:,| and| or)? review\b|\breview us\b|\bleave (?:us )?a (?:[\w-]+ )?(?:review|rating|comment)\b/i,
  ),
  cue(
    2,
    /\b(?:wher|any)(?:ever|where)(?: else)? you (?:get|listen to|find|download) (?:your|our|this|the) podcasts?\b/i,
  ),
  cue(
    2,
    /\b(?:if you(?:['’]ve)? (?:enjoyed|liked)|hope you(?:['’]ve| all)? (?:enjoyed|liked)) (?:listening|it|this|that|the (?:show|episode|podcast))\b/i,
  ),
  cue(2, /\b(?:follow|find) us (?:on|at|online)\b|\bfollow (?:me|the show) (?:on|at)\b|\bshow notes\b/i),
  cue(3, /\bthat['’]?s (?:all|it)(?: we (?:have|['’]ve got))? for (?:today|this (?:week|episode)|now)\b/i),
  // A credit without a verb has to name someone.
  cue(
    2,
    /\b(?:was|is|were) (?:(?:written and )?(?:produced|presented|read|narrated)|edited|engineered|mixed|hosted) by\b|(?:^|[,;] |\band )(?:[Pp]roduced|[Ee]dited|[Ee]ngineered|[Mm]ixed|[Hh]osted)(?: and \w+)? by (?:me\b|\p{Lu})|\b[Ee]xecutive producers?\b/u,
  ),
  cue(
    2,
    /\b(?:[Tt]heme |[Oo]ur )music (?:is |was )?(?:by|composed)\b|\b[Mm]usic (?:is |was )?(?:composed )?(?:by|from|courtesy of) (?:the )?\p{Lu}/u,
  ),
  cue(2, /\b(?:this|the) (?:show|podcast|episode) is an? (?:\w+ ){0,3}production\b/i),
  cue(2, /\b(?:the|our) (?:\w+ )?(?:editor|producer|researcher|sound design(?:er)?)s? (?:was|is|were|are)\b/i),
  cue(2, /\bwe(?:['’]re| are|['’]ll be| will be) back (?:tomorrow|next (?:week|month|time)|on \w+day)\b/i),
  cue(2, /^that was [A-Z]\w+(?: [A-Z]\w+){0,4}\.$/i),
  cue(1, /\bon our website\b|\b(?:get|stay|be) in touch\b/i),
  cue(1, /\b(?:good ?bye|bye(?:[- ]bye)?|cheers|take care|stay (?:tuned|safe|humble))\b/i),
  cue(1, /\bthank(?:s| you)(?: \w+){0,3} for (?:coming|joining|having me|being (?:here|with us))\b/i),
  cue(1, /\bit['’]?s been (?:great|fun|awesome|a pleasure)|\bthanks (?:again|everyone|everybody|so much)\b/i),
  cue(
    3,
    /\b(?:danke|vielen dank)(?: \w+){0,2} fürs? (?:zuhören|zuschauen)\b|\bauf wiederhören\b|\bbis zum nächsten mal\b/i,
  ),
  cue(3, /\bgracias por (?:escuchar|acompañarnos)\b|\bmerci (?:de nous avoir|d['’]avoir) écouté/i),
]

/** Stage directions and musical notes. The rest of the text, if any, is speech. */
export const MUSIC_NOTE =
  /[[(*][^\])*\n]{0,40}\b(?:music|musik|música|musique|jingle|theme|singing|instrumental|song)\b[^\])*\n]{0,40}[\])*]|[♪♫♬🎵🎶][^♪♫♬🎵🎶\n]*[♪♫♬🎵🎶]?/giu
