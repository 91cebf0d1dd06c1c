/** Word lists for {@link ../suitability/hate-cues.ts}. Phrases are separated by `|` and matched by stems as whole words. */

/** Groups of people by what they are. Professions, teams and habits are left out on purpose. */
export const PROTECTED_GROUPS =
  'women|woman|females|girls|feminists|gay people|gays|gay man|gay men|gay person|gay folk|homosexuals|lesbians|queers|bisexuals|trans people|trans person|transgender people|transgenders|transsexuals|trans women|trans woman|trans men|disabled people|disabled person|the disabled|handicapped people|autistic people|muslims|muslim|islam|jews|jewish people|jew|christians|hindus|sikhs|atheists|black people|black person|blacks|africans|arabs|asians|asian people|mexicans|latinos|hispanics|chinese people|indians|pakistanis|turks|poles|romani|roma people|gypsies|native americans|aboriginals|immigrants|immigrant|migrants|refugees|asylum seekers|foreigners|white people|whites'

/** Adjectives of the same groups. They count only beside a noun of contempt. */
export const GROUP_ADJECTIVES =
  'gay|homosexual|lesbian|queer|trans|transgender|disabled|autistic|muslim|islamic|jewish|christian|hindu|black|african|arab|asian|mexican|latino|immigrant|migrant|foreign|female'

/** Feelings of a speaker towards the group. */
export const HOSTILE_FEELINGS =
  'hate|despise|detest|loathe|abhor|cannot stand|can stand|disgusted by|makes me sick|make me sick|make me so angry|make me vomit|disgust me|disgusts me|sick of|hatred for|contempt for|disdain for|nothing but contempt|nothing but hatred|feel nothing but|no respect for|no compassion|scorn|furious|fill me with|so much rage|boil with|pissed off by|fed up with'

/** What a speaker says about the group. */
export const HOSTILE_JUDGEMENTS =
  'disgusting|repulsive|revolting|despicable|sickening|repugnant|vile|filthy|filth|scum|vermin|trash|garbage|dirt|parasites|leeches|rats|cockroaches|pigs|apes|monkeys|animals|savages|subhuman|sub human|inferior|worthless|uncivilised|uncivilized|barbaric|degenerates|plague|disease|cancer|threat to civilisation|threat to civilization|criminals|rapists|pathetic|evil|ignorant|stupid|dumb|dumbest|dishonest|worst|nothing worse|not human|belong in a zoo|belong in a cage|belong in prison|go back to where|taking over our|invading our|ruining our|an abomination|abnormal|not normal|wrong in the head|lower than|refuse|shit|turds|abhorrent|cruel and violent|brainless|lesser beings|waste of space|virus|pest|infesting|swarms of|no better than|danger to our|less than human|scumbag|so violent|not belong|not worth|not matter|not our equal|not equal|never be as|not worthy|not deserve|never be a valuable|absolutely nothing|be better off without|bottom of society'

/** Harm that a speaker wishes upon the group, or calls for. */
export const HOSTILE_WISHES =
  'kill|killed|murder|murdered|exterminate|exterminated|eradicate|wiped out|wipe out|gas|gassed|hanged|hang|lynch|shot|shoot|burn|burned|beaten|beat up|attack|suffer|die|get rid of|got rid of|rounded up|deported|punch|stab|rape|sterilised|sterilized|castrated|not be allowed|should not exist|not have rights|stripped of their rights|do not deserve|human rights should not apply|put down|slaughtered|tortured|lose their rights|denied|put an end|end their|end every|throat|throats|execute|executed|execution|hurt|slaughter|drown|strangle|be dead|torture|pay for|leave our country|snap'

/** Signs that hostility is quoted, reported, denied or opposed. */
export const OPPOSITION =
  'say|saying|said|says|tell me|telling|call|calling|called|claim|comment|post|tweet|bigot|bigoted|bigotry|racist|racism|sexist|sexism|misogyny|misogynist|homophobia|homophobic|transphobia|transphobic|ableist|islamophobia|islamophobic|antisemitism|antisemitic|xenophobia|xenophobic|hateful|hate speech|prejudice|discrimination|discriminate|not tolerate|call out|stand against|fight against|report you|report it|respect for you|shame on|how can anyone|wrong to|unacceptable|offensive|stereotype|slogan|propaganda|regime|nazis|accused of|condemn|condemned|survivors|victims of|protect|persecuted|stop saying|be ashamed|misguided|where does your|open hatred|your hatred|your contempt|your disgust|hatred towards|outdated|threatening to|seriously believe|has to stop|have to stop|should never support|should not allow|protest|law against|equal rights|each other|one another'

export const NEGATIONS = 'not|no|never|nobody|none|neither|nor|without|hardly|opposite of|far from|anything but'
