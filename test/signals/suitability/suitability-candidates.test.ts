import { describe, expect, it } from 'vitest'
import { suitabilityCandidates } from '../../../src/signals/suitability/suitability-candidates.ts'
import { GARM, loadTaxonomies } from '../../../src/taxonomy/taxonomy.ts'
import { makeReading } from '../reading/make-reading.ts'

const categories = (stretches: readonly string[], rest = {}) =>
  suitabilityCandidates(makeReading(stretches, rest)).map(({ category }) => category)

describe('suitability candidates', () => {
  it('finds violent crime in a documentary, with the sentence that mentions it', () => {
    const [first] = suitabilityCandidates(
      makeReading([
        'She was last seen at the station. In March the police found her car in the quarry.',
        'It was murder, the inspector said. The killer had strangled her and left no evidence that the court would take.',
        'Detectives questioned him twice. He was charged with murder and the trial lasted six weeks.',
      ]),
    )
    expect(first).toMatchObject({ category: 'crime-harmful-acts', prevalence: 'dominant' })
    expect(first?.evidence[0]?.quote).toMatch(/murder|strangled/)
  })

  it.each([
    [
      'computing',
      'You kill the process, then the attacker cannot execute code on the server. The adversary may attack the network, so shoot me an email before the deadline.',
    ],
    [
      'chess',
      'White sacrifices the bishop and attacks the king. Black is dead lost, and the pawn storm kills every defence. It was murder on the chess board, the rook was slaughtered.',
    ],
    [
      'sport',
      'The striker shot twice and the keeper was killed by that deflection. They murdered them in the second half, the stadium went wild and the coach cheered the defender.',
    ],
    [
      'idioms',
      'I died laughing at the photo shoot. It is to die for, a killer feature, and honestly I was bored to death in the war room before the time bomb joke.',
    ],
    [
      'medicine',
      'The drug trial gave the patient a dose of a new antibiotic. The doctor stopped the treatment after the injection, and the pharmacist kept the pills in the hospital.',
    ],
    [
      'cooking',
      'Add a splash of wine to the sauce, then rum for the dessert. Beer makes the stew darker, and gin works in the marinade with garlic.',
    ],
    [
      'gardening',
      'Weeds come back every spring. The weed killer damaged the grass, so we pull weed by hand and smoke the bees before opening the hive.',
    ],
  ])('gives nothing for harmless words of %s', (_, text) => {
    expect(categories([text, text])).toEqual([])
  })

  it('does not take a single mention for a theme', () => {
    expect(
      categories(['We met in a bar, had a beer, and then talked for hours about the design of libraries and maps.']),
    ).toEqual([])
  })

  it('leaves advertisements out', () => {
    const ad = {
      text: 'Try our whisky and tequila tonight. Whisky, vodka and tequila delivered to your door.',
      role: 'ad' as const,
    }
    const reading = makeReading([ad, { text: 'Today we talk about maps and how they are drawn.' }])
    expect(suitabilityCandidates(reading)).toEqual([])
  })

  it('works with title and description alone', () => {
    const [found] = suitabilityCandidates(
      makeReading([], {
        title: 'The overdose',
        description: 'A former drug addict talks about heroin, fentanyl and rehab.',
      }),
    )
    expect(found).toMatchObject({ category: 'drugs-tobacco-alcohol' })
    expect(found?.evidence.map(({ source }) => source)).toContain('description')
  })

  it('finds contempt for a protected group, but not reports or denials of it, nor contempt for others', () => {
    expect(categories(['I despise immigrants. They are vermin and they are ruining our country.'])).toContain(
      'hate-speech-aggression',
    )
    expect(
      categories(['Someone who says "I despise immigrants" is a bigot, and we have to stand against it.']),
    ).toEqual([])
    expect(categories(['I do not hate immigrants, I live with two of them.'])).toEqual([])
    expect(categories(['I despise olives. They are disgusting, and I hate Mondays.'])).toEqual([])
  })

  it('counts masked profanity if there are several such words, and does not quote it', () => {
    const [found] = suitabilityCandidates(
      makeReading(['What the f***, he said. This is s***. Absolute [bleep], f***ing [bleep].']),
    )
    expect(found).toMatchObject({ category: 'obscenity-profanity' })
    expect(found?.evidence.every(({ quote }) => quote === undefined)).toBe(true)
    expect(categories(['Oh, what the f*** was that? Anyway, the maps are drawn by hand.'])).toEqual([])
  })

  it('does not treat a falsehood that is uttered as educational', () => {
    const hoax =
      'The moon landing was faked. Do your own research, learn the evidence: research, data, studies, the definition of a hoax.'
    expect(suitabilityCandidates(makeReading([hoax], { kind: 'talk' }))[0]).toMatchObject({
      category: 'misinformation',
      treatment: 'editorial',
    })
  })

  it('sets the treatment by kind: a song that celebrates is glamorising, a bulletin is news', () => {
    const song =
      'Pour the vodka tonight, baby, we party. Gold and fire, whisky and gold, dance tonight, high in the club, baby, got drunk and rich.'
    expect(suitabilityCandidates(makeReading([song, song], { kind: 'song' }))[0]).toMatchObject({
      treatment: 'glamorising',
    })
    const bulletin =
      'Good evening, here is the news. Police said two soldiers were killed in an air strike. The minister told parliament that the death toll from the shelling may rise, a government spokesman reported.'
    expect(suitabilityCandidates(makeReading([bulletin, bulletin], { title: 'News at ten' }))[0]).toMatchObject({
      treatment: 'news',
    })
  })

  it('lets a similar meaning confirm cues, but never makes a label from it alone', () => {
    const { nodes } = loadTaxonomies().get(GARM)
    const garm = (near: string) => ({
      space: 'fake@1',
      scoreAll: (vectors: readonly ArrayLike<number>[]) => ({
        nodes,
        rows: vectors.map(() => Float32Array.from(nodes, ({ id }) => (id === near ? 0.6 : 0))),
      }),
    })
    const found = (text: string, near: string) =>
      suitabilityCandidates(makeReading([text], { vectors: [[1]], space: 'fake@1' }), { garm: garm(near) }).map(
        ({ category }) => category,
      )
    const cued = 'They said it was a murder, and a suspect was seen near the mill that night.'
    expect(found(cued, 'online-piracy')).toEqual([])
    expect(found(cued, 'crime-harmful-acts')).toEqual(['crime-harmful-acts'])
    expect(found('They walked along the mill and talked about maps.', 'crime-harmful-acts')).toEqual([])
  })

  it('is deterministic and sorted by score', () => {
    const reading = makeReading([
      'He bought heroin and cocaine, was arrested, and was stabbed in prison. The murder was never solved; the overdose was.',
    ])
    const found = suitabilityCandidates(reading)
    expect(found).toEqual(suitabilityCandidates(reading))
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a))
  })
})
