import { Item, type ItemInput } from '../../src/content/item.ts'

const PARTS = [
  'Good evening. The first looms that could be told what to weave were built in Lyon, and they read their pattern from a chain of wooden cards. Every hole in a card lifted one thread, and every card stood for one row of the cloth. A weaver needed no memory any more; the chain of cards remembered the whole flower for him and for his children.',
  'Ada Lovelace saw such a loom when she was young, and she wrote that the engine of Charles Babbage weaves algebraic patterns just as the loom weaves flowers and leaves. That sentence is quoted often, and it is quoted rightly, because she understood that a machine which follows cards does not care whether the cards speak of threads or of numbers.',
  'The weavers of Lyon were less pleased with the machine. They feared for their wages, and in one night of rioting they burned several of the new looms in the public square. The city paid for the damage, the inventor left through a back door, and within ten years there were eleven thousand of his machines at work in France.',
  'So what remains of the cards? They counted the census of a whole country, they drove the payrolls of factories, and they lay on every desk until the nineteen seventies. When the last readers were switched off, most people were glad. But the idea stayed: that a pattern can be written down, stored in a box, and carried out by something that does not understand it.',
]

/** The words of one part of the talk, which are one segment. */
export const said = (part: number): string => PARTS[part] ?? ''

/** A short talk in English about punched cards: four segments of about sixty words. */
export const talk = (change: Partial<ItemInput> = {}): Item =>
  Item.parse({
    id: 'looms',
    kind: 'talk',
    title: 'Looms and numbers',
    description: 'How punched cards came from weaving to computing.',
    transcripts: [{ text: PARTS.join('\n\n') }],
    ...change,
  })
