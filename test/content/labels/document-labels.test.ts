import { expect, it } from 'vitest'
import { documentLabels } from '../../../src/content/labels/document-labels.ts'
import { FACETS } from '../../../src/content/labels/label-types.ts'
import { publishedEpisode } from '../formats/published.ts'

it('the labels of a document come facet by facet, and within a facet in the order of the document', () => {
  const [topic] = publishedEpisode({}).topics
  if (topic === undefined) throw new Error('the episode has no topic')
  const topics = ['9', '1'].map((id) => ({ ...topic, id, key: `${topic.taxonomy}/${id}` }))
  const labels = documentLabels(publishedEpisode({ topics }))
  const facets = labels.map(({ facet }) => FACETS.indexOf(facet))
  expect(new Set(facets).size).toBeGreaterThan(2)
  expect(facets).toEqual(facets.toSorted((a, b) => a - b))
  expect(labels.filter(({ facet }) => facet === 'topics')).toMatchObject([
    { pointer: '/topics/0', key: `${topic.taxonomy}/9`, value: topics[0] },
    { pointer: '/topics/1', key: `${topic.taxonomy}/1`, value: topics[1] },
  ])
})
