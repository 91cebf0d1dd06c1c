import { describe, expect, it } from 'vitest'
import { entityKey, entityLabel } from '../../../src/content/labels/entity-label.ts'

const ada = {
  key: 'person/ada lovelace',
  name: 'Ada Lovelace',
  type: 'person' as const,
  aliases: ['Ada', 'the Countess'],
  salience: 1,
  mentions: 2,
  score: 0.7,
  contested: true,
  origin: 'model' as const,
  refs: [],
}

describe('an entity', () => {
  it('is the same one however its name is written, and another one if it is of another type', () => {
    expect(entityKey({ type: 'person', name: '  ÁDA   lovelace' })).toBe(ada.key)
    expect(entityKey({ type: 'work', name: 'Ada Lovelace' })).not.toBe(ada.key)
    expect(entityLabel.isOffered({ type: 'person', name: 'ADA LOVELACE' }, ada)).toBe(true)
    expect(entityLabel.isOffered({ type: 'work', name: 'Ada Lovelace' }, ada)).toBe(false)
  })

  it('is shown with its type, its mentions and its other names, all of which the texts may say', () => {
    expect(entityLabel.shown(ada)).toEqual({
      name: 'Ada Lovelace',
      detail: 'person · 2 mentions · also Ada, the Countess',
      spokenAs: ['Ada Lovelace', 'Ada', 'the Countess'],
    })
    expect(entityLabel.shown({ ...ada, aliases: [], mentions: 1 }).detail).toBe('person · 1 mention')
  })

  it('is judged as a name of a type, and searched for by type', () => {
    expect(entityLabel.claim(ada)).toBe('Ada Lovelace (person)')
    expect(entityLabel.row(ada)).toMatchObject({ taxonomy: null, labelId: 'person', name: 'Ada Lovelace', score: 0.7 })
  })

  it('is published with its quotes, chosen by its name, and without its references', () => {
    const asked: string[] = []
    const { entities } = entityLabel.publish([ada], (_, words) => {
      asked.push(words)
      return []
    })
    const { refs, ...said } = ada
    expect(entities).toEqual([{ ...said, sameAs: [], confidence: null, evidence: refs }])
    expect(asked).toEqual(['Ada Lovelace'])
  })
})
