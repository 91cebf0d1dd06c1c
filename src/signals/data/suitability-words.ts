/** Contexts in which a cue is harmless. The words that show them are in figurative.ts. */
export type Context = 'computing' | 'sport' | 'games' | 'camera' | 'medicine' | 'cooking' | 'finance' | 'gardening'

export interface CueGroup {
  /** Two cues of weight 1 are enough for the category. A cue of weight 0.4 counts only together with others. */
  weight: 1 | 0.4
  /** The cue does not count near words of these contexts. */
  not: readonly Context[]
  /** Phrases, one on each line or separated by `|`. They are matched by stems, as whole words and in order. */
  phrases: string
}

export interface CueCategory {
  /** The category's id in the GARM taxonomy. */
  category: string
  name: string
  cues: readonly CueGroup[]
}

const strong = (phrases: string, not: readonly Context[] = []): CueGroup => ({ weight: 1, not, phrases })
const weak = (phrases: string, not: readonly Context[] = []): CueGroup => ({ weight: 0.4, not, phrases })

/** Cue words and phrases by category. Hate speech and profanity are measured by hate-cues.ts and profanity.ts. */
export const CUE_CATEGORIES: readonly CueCategory[] = [
  {
    category: 'adult-sexual',
    name: 'Adult & Explicit Sexual Content',
    cues: [
      strong(
        'pornography|porn|pornographic|erotic|erotica|sexual intercourse|have sex|had sex|having sex|masturbate|masturbation|orgasm|sex work|sex worker|sex toy|strip club|stripper|escort service|nudes|topless|foreplay|kinky|fetish|sexually explicit|sexting',
      ),
      strong('prostitute|prostitution|brothel|onlyfans|camgirl'),
      weak('naked|nude|lingerie|seduce|aroused|lust|make love|one night stand|sexy|sexual|sex'),
    ],
  },
  {
    category: 'arms-ammunition',
    name: 'Arms & Ammunition',
    cues: [
      strong(
        'firearm|handgun|shotgun|assault rifle|machine gun|ammunition|ammo|silencer|semi automatic rifle|semi-automatic|gun shop|gun owner|gun laws|gun control|concealed carry|open carry|bump stock|hollow point|ghost gun|pistol|revolver|hand grenade|rifle',
        ['games'],
      ),
      weak('gun|weapon|holster|caliber|calibre|magazine clip|shooting range|armour piercing|explosives', [
        'games',
        'computing',
        'sport',
        'cooking',
      ]),
    ],
  },
  {
    category: 'crime-harmful-acts',
    name: 'Crime & Harmful Acts to Individuals and Society, Human Right Violations',
    cues: [
      strong(
        'murder|murdered|murderer|homicide|manslaughter|kidnap|kidnapped|kidnapping|abduction|abducted|sexual assault|sexually assaulted|rape|raped|rapist|child abuse|domestic violence|human trafficking|trafficked|torture|tortured|serial killer|stabbed|stabbing|strangled|strangulation|bludgeoned|armed robbery|arson|extortion|organised crime|organized crime|forced labour|forced labor|ethnic cleansing|human rights abuse|human rights violation|genocide|beat her to death|beat him to death|stalked|stalker|grooming children|drug cartel|contract killing',
        ['games', 'sport'],
      ),
      weak(
        'detective|crime scene|convicted|conviction|charged with|arrested|suspect|inquest|coroner|perpetrator|accomplice|prison sentence|life sentence|burglary|burglar|robbery|assaulted|alibi|forensic|autopsy|post mortem|criminal trial|fraud|embezzlement|blackmail|violent|cold case|foul play|missing person|victim|guilty of|confessed|confession|body was found',
        ['computing', 'sport', 'games', 'finance'],
      ),
    ],
  },
  {
    category: 'death-injury-military-conflict',
    name: 'Death, Injury or Military Conflict',
    cues: [
      strong(
        'air strike|airstrike|bombing raid|bombardment|shelling|war crime|warzone|war zone|civilian casualties|casualties|death toll|killed in action|mass grave|massacre|battlefield|suicide|took his own life|took her own life|self harm|fatal accident|fatally injured|drowned|burned alive|dead bodies|corpse|bled to death|artillery|invasion|insurgents|ceasefire|front line troops|people were killed|people have died|found dead|violent death',
        ['games', 'sport', 'computing'],
      ),
      weak(
        'soldier|troops|wounded|killed|died|death|dead body|missile|military operation|warplane|refugee|bereaved|funeral|grave|injured|injuries|evacuated|evacuation|mourning|victim',
        ['games', 'sport', 'computing', 'gardening'],
      ),
    ],
  },
  {
    category: 'online-piracy',
    name: 'Online Piracy',
    cues: [
      strong(
        'pirated movies|pirated software|pirated copies|pirated films|pirated music|illegal downloads|illegal download|illegal streaming|torrent site|torrenting movies|pirate bay|cracked software|keygen|warez|software piracy|online piracy|copyright infringement site|bootleg recording|stream ripping',
      ),
      weak('torrent|bootleg|piracy|pirated|file sharing site'),
    ],
  },
  {
    category: 'drugs-tobacco-alcohol',
    name: 'Illegal Drugs, Tobacco, e-Cigarettes, Vaping, Alcohol',
    cues: [
      strong(
        'cocaine|heroin|crystal meth|methamphetamine|crack pipe|ecstasy pills|lsd|magic mushrooms|fentanyl|drug dealer|drug dealing|drug addict|drug addiction|drug abuse|overdose|overdosed|getting high|got high|smoke weed|smoking weed|marijuana|cannabis|joint and smoked|vaping|e cigarette|vape pen|nicotine|chain smoking|cigarettes|binge drinking|alcoholic|alcoholism|got drunk|getting drunk|blackout drunk|hungover|whisky|vodka|tequila|shots of|pub crawl|rehab clinic',
        ['cooking', 'finance'],
      ),
      weak(
        'tobacco|cigarette|cigar|smoker|smoking|beer|wine|rum|gin|liquor|booze|drunk|stoned|weed|dealer|addict|pills',
        ['cooking', 'gardening', 'medicine', 'finance', 'games'],
      ),
    ],
  },
  {
    category: 'spam-harmful',
    name: 'Spam or Harmful Content',
    cues: [
      strong(
        'guaranteed returns|risk free profit|get rich quick|miracle cure|doctors hate|click the link now|send me your seed phrase|send me your private key|wire the money|nigerian prince|double your bitcoin|double your money|make money fast|act now before|ransomware kit|buy followers|phishing kit|pro ana',
      ),
      weak('limited time offer|free money|no risk|secret they do not want|pyramid scheme'),
    ],
  },
  {
    category: 'terrorism',
    name: 'Terrorism',
    cues: [
      strong(
        'terrorist attack|act of terror|terrorism|suicide bomber|suicide bombing|car bomb|jihadist|islamic state|al qaeda|white supremacist attack|hostage taking|mass shooting manifesto|bomb vest|terror cell|terrorist group|terrorist organisation|terrorist organization|terror attack|radicalised|radicalized',
        ['games'],
      ),
      weak('terrorist|extremist|hostage|militant|bomb', ['games', 'computing', 'sport', 'cooking']),
    ],
  },
  {
    category: 'sensitive-social-issues',
    name: 'Debated Sensitive Social Issues',
    cues: [
      strong(
        'abortion|pro choice|pro life|roe v wade|gun control debate|death penalty|capital punishment|same sex marriage|gay marriage|transgender rights|trans rights|gender identity|gender affirming|euthanasia|assisted dying|assisted suicide|illegal immigration|border wall|deportation|asylum seekers|black lives matter|police brutality|systemic racism|affirmative action|culture war|vaccine mandate|conversion therapy|reparations for slavery|religious freedom law',
      ),
      weak(
        'racism|racist|sexism|immigration|feminism|discrimination|refugee|protesters|conservatives|liberals|trans women|trans people',
      ),
    ],
  },
  {
    category: 'misinformation',
    name: 'Misinformation',
    cues: [
      strong(
        'vaccines cause autism|the earth is flat|flat earth|moon landing was faked|faked the moon landing|chemtrails|plandemic|the election was stolen|stolen election|crisis actors|microchips in the vaccine|5g causes|climate hoax|climate change is a hoax|deep state|what they do not want you to know|the mainstream media will not tell you|new world order|great replacement|drinking bleach',
      ),
      weak('cover up|hoax|conspiracy|do your own research|big pharma|wake up sheeple|false flag|suppressed cure'),
    ],
  },
]
