import type { Context } from './suitability-words.ts'

/** Words that show a context in which violent or intoxicating words are harmless. */
export const CONTEXT_WORDS: Readonly<Record<Context, string>> = {
  computing:
    'software|server|process|thread|code|network|protocol|node|peer|hash|cryptography|encryption|algorithm|database|packet|wallet|blockchain|bitcoin|lightning|api|compiler|kernel|debug|malware|exploit|vulnerability|attacker|adversary|transaction|command|container|job|daemon|signal|byte|privacy',
  sport:
    'goalkeeper|league|coach|player|defender|striker|midfielder|stadium|tournament|basketball|football|cricket|tennis|quarterback|inning|sprinter|cup|championship',
  games: 'chess|bishop|rook|pawn|checkmate|gamer|console|boss|dungeon|dice|respawn|multiplayer|gameplay',
  camera: 'camera|lens|film|photo|photograph|portrait|scene|director|footage|tripod|shutter|studio|documentary crew',
  medicine:
    'clinical|patient|dose|pharmacist|prescription|trial|doctor|hospital|vaccine|antibiotic|therapy|chemotherapy|treatment|tablet|nurse',
  cooking:
    'recipe|oven|sauce|simmer|tablespoon|teaspoon|marinade|flour|butter|onion|garlic|stew|braise|dessert|glaze|dish|vinegar|baking',
  finance: 'broker|market maker|dealer bank|bond|equity|securities|liquidity|hedge|trader|portfolio|card|casino chip',
  gardening: 'garden|lawn|mow|soil|seed|plant|compost|herbicide|border|verge|hedge|flower|bee|honey|hive|beekeeper',
}

/** Figures of speech, whose words are not meant literally. They are removed before cues are looked for. */
export const FIGURES = `kill a process|kill the process|kill process|kill the server|kill time|kill two birds|kill the job|kill switch|killer feature|killer app|kill the mood|kill for a|killing it|killed it|kill me for|dressed to kill
died laughing|die laughing|die hard|to die for|dying to|dead line|dead end|dead code|dead simple|dead set|dead weight|dead heat|dead wrong|dead serious|dead zone|dead letter|dead pan|drop dead gorgeous|over my dead body|bored to death|scared to death|worked to death|death march|death spiral|death metal|heat death|dead reckoning|dead battery|dead bees|loved to death|sick to death|kiss of death
shoot a video|shoot video|shoot the video|shooting a film|photo shoot|film shoot|shoot me an email|shoot an email|shoot an e-mail|shoot the breeze|shoot for the|trouble shoot|parallel shot|head shot|screen shot|moon shot|long shot|shot in the dark|give it a shot|best shot|cheap shot|shots of espresso|shot of espresso|espresso shots|flu shot|booster shot|call the shots|shots on goal|shots on target
attack surface|attack vector|attack model|heart attack|panic attack|plan of attack|counter attack|asthma attack|bomb cyclone|photo bomb|bath bomb|bombed the test|the bomb diggity|time bomb|fork bomb|zip bomb|logic bomb|seed bomb|sex bomb|love bomb|glue gun|nail gun|heat gun|starting gun|spray gun|gun to my head|jump the gun|smoking gun|stick to your guns|top gun|son of a gun|guns n roses|hired gun
drug store|drug trial|drug discovery|drug development|drug company|drug interaction|on steroids|high on life|runner's high|sober assessment|wine vinegar|wine glass|wine cork|cooking wine|ginger beer|root beer|non alcoholic|alcohol free|rubbing alcohol|alcohol gel|beer garden|small beer|gin rummy|cotton gin|weed out|weeds out|weeding|weed killer|sea weed|milk weed|knot weed
murder mystery dinner|murder of crows|murder board|blue murder|highway robbery|daylight robbery|identity theft protection|victim of its own success|fashion victim|guilty pleasure|guilty conscience|partners in crime|crime of passion fruit|rape seed|oilseed rape|field of rape|hostage to fortune|trade war|price war|bidding war|culture of war room|war room|war story|war stories|flame war|edit war|star wars|block size war|blocksize war|browser war|war of attrition|cold war kids|holy war|tug of war|price of war|war chest|war driving
invasion of privacy|privacy invasion|invasive species|plant invasion|pill to swallow|red pill|blue pill|poison pill|naked eye|naked mole|naked short|nude lipstick|nude colour|grave mistake|graveyard shift|funeral for a friend|torture test|tortured logic|tortured metaphor|strip club sandwich|body of work|execution of|same sex couple of|sex cells|sex chromosome|sex ratio|sex of the|opposite sex|casualty of|first casualty|suicide squad|political suicide|career suicide|prisoner's dilemma`
