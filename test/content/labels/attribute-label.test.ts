import { describe, expect, it } from 'vitest'
import { attributeLabel } from '../../../src/content/labels/attribute-label.ts'

const attribute = (name: 'tone' | 'format', value: string) => ({
  key: name,
  name,
  value,
  score: 0.4,
  contested: false,
  origin: 'model' as const,
  refs: [],
})
const publish = (...labels: ReturnType<typeof attribute>[]) => attributeLabel.publish(labels, () => [])

describe('an attribute', () => {
  it('is published under its name, which is not said again in it', () => {
    const { attributes } = publish(attribute('format', 'interview'))
    expect(Object.keys(attributes)).toEqual(['format'])
    expect(attributes.format).toMatchObject({ key: 'format', value: 'interview' })
    expect(attributes.format).not.toHaveProperty('name')
  })

  it('comes back from a document in the order of the names, with its name', () => {
    const labels = attributeLabel.published(publish(attribute('tone', 'light'), attribute('format', 'interview')))
    expect(labels.map(({ pointer, fields }) => [pointer, fields.name])).toEqual([
      ['/attributes/format', 'format'],
      ['/attributes/tone', 'tone'],
    ])
  })

  it('has one of the values of its name, or nothing is published', () => {
    expect(() => publish(attribute('tone', 'interview'))).toThrow()
  })

  it('is judged as a name with a value, and searched for by both', () => {
    const light = attribute('tone', 'light')
    expect(attributeLabel.claim(light)).toBe('tone: light')
    expect(attributeLabel.words(light)).toBe('tone light')
    expect(attributeLabel.row(light)).toMatchObject({ taxonomy: null, labelId: 'tone', name: 'light' })
  })
})
