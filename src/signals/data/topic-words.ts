import type { ItemKind } from '../../content/item.ts'

/**
 * Words that show a subject in speech, by node of IAB Content Taxonomy 3.1. People say them when they talk about the subject; they seldom
 * say its name. They count in addition to the words of the taxonomy's describing phrases.
 */
export const TOPIC_WORDS: Readonly<Record<string, string>> = {
  '1': 'car cars vehicle driver driving engine dealership mileage sedan truck garage gearbox',
  '34': 'mechanic brake brakes oil engine repair garage spare',
  '42': 'book books novel novelist chapter reader writing writer publisher literary library',
  '48': 'novel fiction story character narrator plot',
  '49': 'poem poet poetry verse stanza rhyme',
  '52': 'company companies business revenue customers ceo founder startup profit market',
  '80': 'economy inflation recession unemployment interest rates central bank gdp currency monetary policy tariffs growth',
  '123': 'career job resume interview hiring salary employer recruiter promotion manager hired',
  '380':
    'police detective murder crime suspect arrested court jury prison victim investigation trial inquest sergeant inspector verdict',
  '381':
    'flood earthquake hurricane wildfire evacuation disaster rescue tsunami storm emergency aftershock aftershocks collapsed evacuated landslide flooding cyclone survivors relief',
  '132':
    'school teacher students university lecture classroom curriculum pupils exam learning student teachers essay essays homework graduate grades tuition counsellor semester kindergarten',
  '137': 'university college campus professor degree undergraduate lecture',
  '149': 'primary school pupils classroom teacher lessons',
  '324': 'film movie director actor cinema screenplay scene hollywood',
  '338': 'song album band singer guitar concert lyrics melody chorus musician',
  '640': 'television tv sitcom showrunner broadcaster netflix hbo finale soap',
  '186':
    'family mother father marriage children parents wife husband relationship mum mom dad daughter son sister brother wedding divorce grandparents',
  '187': 'grief grieving funeral bereaved mourning loss died widow',
  '192':
    'parent parenting toddler baby kids bedtime child mom dad nap diaper daycare daughter son tantrum parents newborn',
  '210':
    'food recipe cooking restaurant chef taste meal dish onion garlic tomato butter cheese bread sauce flavour flavor delicious ingredient ingredients kitchen dinner lunch spice salt pepper meat vegetable vegetables',
  '216':
    'recipe oven flour butter sauce simmer onion garlic pan pasta tomato tomatoes olive salt pepper stir boil roast bake chop season seasoning chicken dish ingredient ingredients',
  '645': 'children story mother bedtime once little adventure animals',
  '335': 'dragon magic wizard spell kingdom quest enchanted troll witch',
  EZWB7V:
    'history century historian empire ancient medieval archive war king emperor emperors dynasty kingdom colonial revolution historians',
  KHPC5A: 'murder detective case victim killer investigation suspect police evidence cold trial quarry verdict',
  '440': 'joke comedian satire humor funny parody',
  '223':
    'health wellness exercise sleep diet stress doctor workout gym calories protein vitamin meditation yoga wellbeing',
  '229': 'nutrition protein calories vitamins diet sugar fiber',
  '225':
    'exercise workout gym fitness muscle training running squat squats reps sets muscles cardio lifting pushups yoga stretch jogging beginners knees',
  '258':
    'bee bees hive hives honey beekeeper beekeepers colony queen honeybee honeybees pollen nectar apiary swarm varroa drone',
  '259': 'bird birds birdwatching binoculars species migration warbler',
  '269': 'puzzle board game chess cards dice crossword',
  '275': 'garden gardener gardening soil plant plants seeds seed flowers compost weeds bloom meadow',
  '284': 'landscaping lawn verge mowing mow meadow turf',
  '276': 'construction builder renovation concrete scaffolding contractor plumbing',
  '383': 'court judge lawyer law legal lawsuit attorney statute trial jury regulation plaintiff',
  '286':
    'patient doctor hospital disease treatment symptoms surgery clinical diagnosis medicine pain chest fever clinic nurse therapy drug dose symptom cardiology immune pharmacy illness chronic infection prescription',
  '287':
    'disease cancer infection diabetes symptoms diagnosis virus chronic fever malaria asthma stroke heart tumour tumor symptom outbreak flu dementia alzheimer diabetic',
  '391': 'money savings budget bank loan debt mortgage investment pension bitcoin wallet payment',
  '392': 'bank account banking deposit card payment cheque',
  '410':
    'invest investing investment investments investor investors portfolio stock stocks dividend dividends broker brokerage bonds etf fund funds speculate speculation speculative shareholder asset assets price volatility profit returns',
  '422': 'pet dog cat puppy kitten vet leash puppies dogs cats paws',
  '386':
    'politics government minister parliament election senator president policy vote campaign congress party petition',
  '387': 'election vote voters ballot candidate poll campaign',
  '388': 'policy bill legislation reform government minister regulation amendment',
  '8YPBBL': 'council mayor city residents municipal planning local committee ward community',
  '441': 'property house apartment real estate mortgage rent landlord tenant houses seller buyer agent listing offer',
  '453':
    'god church faith prayer religion bible spiritual jesus christ pray gospel quran mosque temple rabbi imam sermon scripture worship soul',
  '464':
    'science scientist research experiment theory physics biology data hypothesis scientists researchers laboratory microscope discovery evidence particle molecule telescope dna species',
  '465':
    'biology species cell organism animal evolution bee bees insect insects pollinator pollinators habitat plant ecology wolf wolves bird birds mammal mammals predator prey ecosystem ecologist ecologists beaver elk fish forest bacteria genes',
  '467':
    'climate carbon emissions environment pollution biodiversity conservation ecosystem habitat renewable species rewilding wild wolves ecologist ecologists ecology forest forests beaver beavers glacier warming drought',
  '469': 'map geography coast river mountain region estuary',
  '470': 'rock rocks volcano earthquake sediment mineral fossil geologist lava glacier',
  '471':
    'physics gravity force energy particle quantum motion velocity mass newton orbit acceleration wave tidal tide tides',
  '472':
    'moon sun planet star stars galaxy telescope orbit astronomer nasa rocket universe comet eclipse jupiter mars saturn venus spacecraft probe astronaut rover asteroid lunar solar satellite europa',
  '390': 'weather rain temperature forecast storm wind sunny degrees cloud showers',
  '483':
    'match team player goal league coach season score stadium championship cup goalkeeper keeper striker winger defender manager pitch tackle offside foul halftime overtime playoff playoffs standings roster fans sprint medal olympic referee trophy tournament',
  '533':
    'soccer football goal goalkeeper penalty striker cup midfielder keeper winger midfield offside header stoppage kickoff referee corner pitch',
  '492': 'bike bicycle cyclist cycling wheel tyre tube pedal puncture saddle spoke gears rim',
  '530': 'boat sail sailing harbour mast crew anchor ferry',
  '552':
    'fashion clothes dress style designer outfit trousers jacket jackets coat shoes wool fabric designers collar skirt runway wardrobe',
  '596':
    'software computer code developer programmer protocol network server algorithm data internet open source app technology',
  '597': 'ai neural chatbot gpt llm artificial intelligence embedding embeddings prompts hallucinate hallucinated llms',
  '599':
    'software code developer programmer programming protocol node nodes peer network server algorithm hash cryptography cryptographic encryption key keys signature signatures database block blocks blockchain transaction transactions bitcoin lightning bug vulnerability compiler repository github implementation library script bytes client mempool miner miners utxo wallet testnet payload opcode fork channel',
  '600':
    'network networking protocol node nodes peer peers p2p tcp ip router packet bandwidth relay latency gossip connection connections tor',
  '602':
    'software application app release version user interface feature wallet library open source client implementation github developer repository',
  '618':
    'security secure attack attacker adversary vulnerability exploit malware privacy encryption cryptography cryptographic anonymity anonymous password hacker surveillance disclosure',
  '619': 'internet web website browser server online',
  '631': 'programming language compiler rust python javascript code function script opcode opcodes syntax',
  '82': 'currency currencies dollar euro exchange money bitcoin coin coins cryptocurrency satoshi',
  '53': 'company business customers sales strategy management startup market product budget price cost',
  '115': 'technology industry startup silicon valley engineers product hardware',
  '204': 'design designer prototype user interface button shape material ergonomics usability',
  '632': 'phone smartphone laptop headphones television gadget camera screen battery remote control device',
  '638': 'robot robots robotics autonomous drone',
  '653':
    'travel trip flight hotel tourist airport holiday destination hostel tourists backpack visa itinerary train castle beach luggage passport',
  '680':
    'game games gamer console player level quest multiplayer gamers patch playstation xbox nintendo steam shooter raid loot matchmaking nerf nerfed esports',
  '545': 'baseball pitcher inning innings homer bullpen shortstop batter home run bases outfielder',
  '547': 'basketball nba dunk rebound rebounds layup court pointer',
  '484': 'quarterback touchdown nfl linebacker yards interception receiver',
  '539': 'tennis serve backhand forehand deuce wimbledon racket',
  '512': 'golf fairway birdie putt bogey caddie tee',
  '322': 'vaccine vaccines vaccination booster dose immunity shot jab',
  '459': 'jesus christ gospel church bible paul apostle resurrection',
  '425': 'dog dogs puppy puppies leash bark breed kennel',
  '389':
    'war soldiers army troops invasion battle military missile ceasefire front shelling armies frontline artillery occupation besieged',
}

/**
 * Words that a text must have to be about a node or those below it. Whoever mends a bicycle speaks of wheels, brakes and repairs, but not
 * of cars. Whoever explains how wallets find each other speaks of bitcoin, but invests nothing.
 */
export const TOPIC_NEEDS: Readonly<Record<string, string>> = {
  '1': 'car cars auto automobile vehicle vehicles truck trucks motorcycle motorbike van motorway scooter',
  '82': 'money currency currencies dollar dollars euro fiat cash payment payments inflation monetary satoshi satoshis',
  '410':
    'invest investing investment investments investor investors portfolio stocks dividend dividends brokerage etf speculate speculation',
  '422': 'pet pets dog dogs cat cats puppy kitten vet aquarium',
  '680': 'game games gaming gamer player players console',
  '483':
    'sport sports match team player players race cup champion championship league athlete coach tournament game training bike cyclist sail sailing swim boat riders ride',
}

/** What an item is about because of its kind, whatever its words are. By node id, with a strength. */
export const TOPICS_OF_KIND: Readonly<Partial<Record<ItemKind, Readonly<Record<string, number>>>>> = {
  song: { '338': 0.7 },
  audiobook_chapter: { '42': 0.7 },
}
