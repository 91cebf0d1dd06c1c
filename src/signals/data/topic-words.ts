import type { ItemKind } from '../../content/item.ts'

/**
 * Words that betray a subject in speech, by node of IAB Content Taxonomy 3.1: what people say when they talk about it,
 * which is seldom its name. They count beside the words of the taxonomy's describing phrases.
 */
export const TOPIC_WORDS: Readonly<Record<string, string>> = {
  '1': 'car cars vehicle driver driving engine dealership mileage sedan truck garage gearbox',
  '34': 'mechanic brake brakes oil engine repair garage spare',
  '42': 'book books novel author chapter reader writing writer publisher literary library',
  '48': 'novel fiction story character narrator plot',
  '49': 'poem poet poetry verse stanza rhyme',
  '52': 'company companies business revenue customers ceo founder startup profit market',
  '80': 'economy inflation recession unemployment interest rates central bank gdp currency monetary policy tariffs growth',
  '123': 'career job resume interview hiring salary employer recruiter promotion',
  '380':
    'police detective murder crime suspect arrested court jury prison victim investigation trial inquest sergeant inspector verdict',
  '381': 'flood earthquake hurricane wildfire evacuation disaster rescue tsunami storm emergency',
  '132': 'school teacher students university lecture classroom curriculum pupils exam learning',
  '137': 'university college campus professor degree undergraduate lecture',
  '149': 'primary school pupils classroom teacher lessons',
  '324': 'film movie director actor cinema screenplay scene hollywood',
  '338': 'song album band singer guitar concert lyrics melody chorus musician',
  '640': 'television episode season series tv streaming broadcast',
  '186': 'family mother father marriage children parents wife husband relationship',
  '187': 'grief grieving funeral bereaved mourning loss died widow',
  '192': 'parent parenting toddler baby kids bedtime child mom dad',
  '210': 'food recipe cooking restaurant chef taste meal dish',
  '216': 'recipe oven flour butter sauce simmer onion garlic pan',
  '645': 'children story mother bedtime once little adventure animals',
  '335': 'dragon magic wizard spell kingdom quest enchanted troll witch',
  EZWB7V: 'history century historian empire ancient medieval archive war king',
  KHPC5A: 'murder detective case victim killer investigation suspect police evidence cold trial quarry verdict',
  '440': 'joke comedian satire humor funny parody',
  '223': 'health wellness exercise sleep diet stress doctor',
  '229': 'nutrition protein calories vitamins diet sugar fiber',
  '225': 'exercise workout gym fitness muscle training running',
  '258':
    'bee bees hive hives honey beekeeper beekeepers colony queen honeybee honeybees pollen nectar apiary swarm varroa drone',
  '259': 'bird birds birdwatching binoculars species migration warbler',
  '269': 'puzzle board game chess cards dice crossword',
  '275': 'garden gardener gardening soil plant plants seeds seed flowers compost weeds bloom meadow',
  '284': 'landscaping lawn verge mowing mow meadow turf',
  '276': 'construction builder renovation concrete scaffolding contractor plumbing',
  '383': 'court judge lawyer law legal lawsuit attorney statute trial jury regulation plaintiff',
  '286': 'patient doctor hospital disease treatment symptoms surgery clinical diagnosis medicine',
  '287': 'disease cancer infection diabetes symptoms diagnosis virus chronic',
  '391': 'money savings budget bank loan debt mortgage investment pension bitcoin wallet payment',
  '392': 'bank account banking deposit card payment cheque',
  '410':
    'investing investor stocks bonds portfolio crypto cryptocurrency bitcoin ethereum coins token tokens asset wallet exchange trading dividend satoshi satoshis sats',
  '422': 'pet dog cat puppy kitten vet leash',
  '386':
    'politics government minister parliament election senator president policy vote campaign congress party petition',
  '387': 'election vote voters ballot candidate poll campaign',
  '388': 'policy bill legislation reform government minister regulation amendment',
  '8YPBBL': 'council mayor city residents municipal planning local committee ward community',
  '441': 'property house apartment real estate mortgage rent landlord tenant',
  '453': 'god church faith prayer religion bible spiritual',
  '464': 'science scientist research experiment theory physics biology data hypothesis',
  '465':
    'biology species cell organism animal evolution bee bees insect insects pollinator pollinators habitat plant ecology',
  '467':
    'climate carbon emissions environment pollution biodiversity conservation ecosystem habitat renewable species rewilding wild',
  '469': 'map geography coast river mountain region estuary',
  '470': 'rock rocks volcano earthquake sediment mineral fossil geologist lava glacier',
  '471':
    'physics gravity force energy particle quantum motion velocity mass newton orbit acceleration wave tidal tide tides',
  '472': 'moon sun planet star stars galaxy telescope orbit astronomer nasa rocket universe comet eclipse',
  '390': 'weather rain temperature forecast storm wind sunny degrees cloud showers',
  '483': 'match team player goal league coach season score stadium championship cup goalkeeper',
  '533': 'soccer football goal goalkeeper penalty striker cup midfielder',
  '492': 'bike bicycle cyclist cycling wheel tyre tube pedal puncture saddle spoke gears rim',
  '530': 'boat sail sailing harbour mast crew anchor ferry',
  '552': 'fashion clothes dress style designer outfit',
  '596':
    'software computer code developer programmer protocol network server algorithm data internet open source app technology',
  '597': 'ai machine learning neural model chatbot gpt training llm artificial intelligence prompt',
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
  '653': 'travel trip flight hotel tourist airport holiday destination',
  '680': 'game games gamer console player level quest multiplayer',
  '389': 'war soldiers army troops invasion battle military missile ceasefire front',
}

/**
 * Words without which a subtree is not what an item is about, by its root: whoever mends a bicycle speaks of wheels, brakes
 * and repairs, but not of cars.
 */
export const TOPIC_NEEDS: Readonly<Record<string, string>> = {
  '1': 'car cars auto automobile vehicle vehicles truck trucks motorcycle motorbike van motorway scooter',
  '422': 'pet pets dog dogs cat cats puppy kitten vet aquarium',
  '680': 'game games gaming gamer player players console',
  '210': 'food eat eating cook cooking recipe meal restaurant chef dish kitchen drink wine beer',
  '483':
    'sport sports match team player players race cup champion championship league athlete coach tournament game training bike cyclist sail sailing swim boat riders ride',
}

/** What an item is about because of what it is, whatever it says: node ids with a strength. */
export const TOPICS_OF_KIND: Readonly<Partial<Record<ItemKind, Readonly<Record<string, number>>>>> = {
  song: { '338': 0.7 },
  audiobook_chapter: { '42': 0.7 },
}
