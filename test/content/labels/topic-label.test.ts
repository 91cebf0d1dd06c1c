import { describe, expect, it } from 'vitest'
import { topicLabel } from '../../../src/content/labels/topic-label.ts'

const rowing = {
  key: 'iab-content-3.1/526',
  taxonomy: 'iab-content-3.1',
  id: '526',
  name: 'Rowing',
  path: ['Leisure', 'Sports', 'Rowing'],
  score: 0.5,
  contested: false,
  origin: 'model' as const,
  refs: [],
}

describe('a topic', () => {
  it('is named by its whole path, and quoted by the last two names of it', () => {
    expect(topicLabel.name(rowing)).toBe('Leisure > Sports > Rowing')
    expect(topicLabel.claim(rowing)).toBe('Leisure > Sports > Rowing')
    expect(topicLabel.words(rowing)).toBe('Sports Rowing')
  })

  it('is shown with where it stands in its taxonomy', () => {
    expect(topicLabel.shown(rowing)).toEqual({
      name: 'Rowing',
      detail: 'Leisure › Sports · iab-content-3.1 526',
      spokenAs: [],
    })
    expect(topicLabel.shown({ ...rowing, path: ['Rowing'] }).detail).toBe('iab-content-3.1 526')
  })

  it('is doubtful below a score of 0.45', () => {
    expect([0.449, 0.45].map((score) => topicLabel.isDoubtful({ ...rowing, score }))).toEqual([true, false])
  })

  it('is searched for by taxonomy and id', () => {
    expect(topicLabel.row(rowing)).toEqual({
      facet: 'topics',
      key: 'iab-content-3.1/526',
      taxonomy: 'iab-content-3.1',
      labelId: '526',
      name: 'Rowing',
      score: 0.5,
      origin: 'model',
    })
  })

  it('is found in an answer that names no taxonomy, and not under another one', () => {
    expect(topicLabel.isOffered({ id: '526' }, rowing)).toBe(true)
    expect(topicLabel.isOffered({ id: '526', taxonomy: 'dewey' }, rowing)).toBe(false)
  })
})
