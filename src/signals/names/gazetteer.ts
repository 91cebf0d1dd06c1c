const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean))

/** Titles that stand before a person's name and are no part of the name. */
export const HONORIFICS = words(
  'mr mrs ms miss dr doctor doktor chief officer superintendent constable prof professor sir lady lord dame saint st president king queen prince princess emperor pope senator governor mayor captain colonel general major sergeant lieutenant detective inspector sheriff judge justice reverend father sister brother minister chancellor ambassador coach rabbi herr frau monsieur madame señor señora mister madam mx hon honourable honorable premier secretary commissioner congressman congresswoman chair chairman chairwoman chairperson speaker',
)

/** Words that form a title together with the title after them: `Prime Minister`, `Auditor General`. */
export const TITLE_QUALIFIERS = words(
  'prime deputy vice first foreign home cabinet interior finance defence defense auditor attorney solicitor surgeon executive assistant acting interim former parliamentary shadow right',
)

/** Last words of organisations' names. */
export const ORGANISATION_ENDS = words(
  'inc ltd llc plc gmbh corp corporation company co labs lab laboratory laboratories university college school academy institute foundation bank group records party association council committee commission agency ministry department club fc united union league federation army navy police church orchestra band quartet ensemble choir museum library hospital society trust partners ventures capital media studio studios pictures entertainment productions airlines airways motors industries systems technologies software solutions press publishing publications news times post journal tribune herald gazette radio broadcasting television senate parliament government congress court office bureau authority services brigade regiment division corps cooperative collective alliance initiative consortium exchange research brewery board railroad railway rovers wanderers command artillery infantry cavalry squadron team theatre theater auditorium lounge project force scouts symphony store stores restaurant café hotel inn pub',
)

/** First words of organisations' names, before `of` or `for`. */
export const ORGANISATION_HEADS = words(
  'university bank ministry department institute school college academy church house board court office bureau society council association federation union league museum bank center centre faculty order army',
)

/** Last words of places' names. */
export const PLACE_ENDS = words(
  'river street road avenue lane square island islands county city town village park lake mountain mountains mount hill hills bay beach valley bridge canyon desert forest sea ocean coast peninsula airport station province state district territory republic kingdom empire region harbour harbor port creek falls cape cove gulf strait stadium arena cathedral castle palace tower parish heights springs fields coast area quay quarry wood woods courthouse',
)
/** Bodies of the sky that English writes with a capital. */
export const CELESTIAL = words('sun moon earth mercury venus mars jupiter saturn uranus neptune pluto')

/** First words of places' names. */
export const PLACE_HEADS = words(
  'mount lake cape fort port isle river gulf bay republic kingdom county province new north south east west northern southern eastern western',
)

/** Last words of events' names. */
export const EVENT_ENDS = words(
  'war wars festival cup olympics championship championships conference summit expo awards award tournament games marathon election elections revolution crisis battle crusade convention fair hackathon meetup retreat symposium parade concert tour prix derby trial campaign massacre siege',
)

/** Last words of works' names. */
export const WORK_ENDS = words(
  'album song novel book film movie series show podcast magazine symphony sonata opera trilogy saga chronicles anthology soundtrack newsletter whitepaper paper bible gospel act treaty constitution',
)

/** Last words of products' and techniques' names. */
export const PRODUCT_ENDS = words(
  'telescope satellite spacecraft rover lander pi pis protocol network wallet core engine kit sdk api os app server client browser database linux windows cash pay script proof mempool upgrade proposal bip algorithm language edition phone pro max mini model signatures signature transaction transactions node nodes channel channels commitments',
)

/** Acronyms that are conversational words, units or file formats, not names. */
export const PLAIN_ACRONYMS = words(
  'ok tv cd dvd ceo cto cfo coo vp pr qa faq diy asap fyi btw aka id ids pm am ad bc dj mc hq phd ii iii iv vi vii viii q&a lol omg gps pdf html xml json url atm etc i',
)

/** Acronyms that are common nouns everywhere. Everyone has, uses or mentions such a thing, and none of them is a name. */
export const COMMON_ACRONYMS = words(
  'ai api apis app cpu gpu ram rom ssd hdd ip ipv4 ipv6 tcp udp http https dns vpn isp lan wan wifi ssl tls ssh ftp uri os ui ux gui cli ide sdk iot rss sms qr usb hdmi lcd led oled vcr pda pc pcb gif jpeg jpg png mp3 mp4 csv sql db irc nft kyc aml gdp vat dna rna ngo nda ipo roi kpi mvp dos ddos pin vr dsp asic fpga iou ufo iq',
)

/** Countries and unions of states by the letters that they are known by. In small letters some are other words, so only capitals count. */
export const COUNTRY_LETTERS: ReadonlyMap<string, string> = new Map([
  ['UK', 'united kingdom'],
  ['US', 'united states'],
  ['USA', 'united states'],
  ['EU', 'european union'],
  ['UAE', 'united arab emirates'],
  ['USSR', 'soviet union'],
])
/** The full names of these countries and unions, in small letters. */
export const COUNTRY_NAMES: ReadonlySet<string> = new Set(COUNTRY_LETTERS.values())

/** Parts of the world, in small letters. */
export const WORLD_REGIONS: ReadonlySet<string> = new Set([
  ...['africa', 'antarctica', 'asia', 'europe', 'oceania', 'scandinavia', 'middle east'],
  ...['north america', 'south america', 'latin america', 'central america'],
])

/** Organisations that are known everywhere by their acronyms. */
export const ORGANISATION_LETTERS = new Set(
  'UN NATO UNESCO UNICEF IMF WTO OECD OPEC MIT UCLA NYU LSE ETH HBO NPR PBS IRS IEEE IETF ICANN NIST FCC FTC NYPD LAPD UEFA'.split(
    ' ',
  ),
)

/** `Co-Founder of Torva Games`: these words join a person and an organisation. The two are not one name. */
export const FOUNDERS = words('founder co-founder cofounder')

/** Words for roles. A speaker with such a label is a participant in a conversation. The label is no person's name. */
export const ROLE_WORDS: ReadonlySet<string> = new Set([
  ...FOUNDERS,
  ...words(
    'speaker host cohost co-host guest guests interviewer interviewee moderator narrator announcer audience member caller participant panelist panel unknown unidentified all both everyone man woman male female voice voices crowd group reporter anchor presenter student grad phd postdoc professor marketing manager project designer industrial interface user questioner attendee person sprecher moderatorin sprecherin gast publikum speaker_a speaker_b',
  ),
])
