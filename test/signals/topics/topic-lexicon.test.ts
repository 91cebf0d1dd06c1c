import { describe, expect, it } from 'vitest'
import { contentStems } from '../../../src/signals/reading/reading-words.ts'
import { hasNeededWords, speaksOf, topicLexicon } from '../../../src/signals/topics/topic-lexicon.ts'
import { IAB_CONTENT } from '../../../src/taxonomy/taxonomy.ts'

describe('whether a text speaks of a topic', () => {
  const says = (path: string[], text: string) => speaksOf(IAB_CONTENT, path, text)

  it('is told by a word of its node, or of a node above or below it', () => {
    expect(says(['Hobbies & Interests', 'Beekeeping'], 'the hive was empty')).toBe(true)
    expect(says(['Hobbies & Interests'], 'the hive was empty')).toBe(true)
    expect(says(['Sports', 'Golf'], 'the hive was empty')).toBe(false)
    expect(says(['Hobbies & Interests', 'Beekeeping'], '')).toBe(false)
  })

  it('cannot be told of a path that does not exist, so it counts as said', () => {
    expect(says(['No such field'], 'the hive was empty')).toBe(true)
  })
})

describe('the words that a topic needs', () => {
  const path = ['1', '16']
  const counts = (cars: number) => new Map(contentStems('scooter').map((stem) => [stem, cars]))

  it('must occur at all, and more often the longer the text is', () => {
    expect(hasNeededWords(path, new Map(), 100)).toBe(false)
    expect(hasNeededWords(path, counts(1), 100)).toBe(true)
    expect(hasNeededWords(path, counts(1), 5_000)).toBe(false)
    expect(hasNeededWords(path, counts(7), 5_000)).toBe(true)
  })

  it('are none for most topics', () => {
    expect(hasNeededWords(['239', '258'], new Map(), 5_000)).toBe(true)
  })
})

it('the lexicon of a taxonomy is built once', () => {
  expect(topicLexicon(IAB_CONTENT)).toBe(topicLexicon(IAB_CONTENT))
})
