import type { Label } from '../../src/database/records.ts'
import type { Assembled } from '../state.ts'

/** The labels of a version as rows, for search and filters. */
export function publishedLabels(settled: Assembled): Label[] {
  return Object.values(settled).flatMap((labels): Label[] => {
    switch (labels.facet) {
      case 'topics':
        return labels.labels.map(({ key, taxonomy, id, name, score, origin }) => ({
          facet: 'topics',
          key,
          taxonomy,
          labelId: id,
          name,
          score,
          origin,
        }))
      case 'entities':
        return labels.labels.map(({ key, type, name, score, origin }) => ({
          facet: 'entities',
          key,
          taxonomy: null,
          labelId: type,
          name,
          score,
          origin,
        }))
      case 'suitability':
        return labels.labels.map(({ key, category, risk, score, origin }) => ({
          facet: 'suitability',
          key,
          taxonomy: 'garm',
          labelId: category,
          name: risk,
          score,
          origin,
        }))
      case 'attributes':
        return labels.labels.map(({ key, value, score, origin }) => ({
          facet: 'attributes',
          key,
          taxonomy: null,
          labelId: key,
          name: value,
          score,
          origin,
        }))
      // Nobody looks for items by the title of a chapter.
      case 'chapters':
      case 'summary':
      case 'extra':
        return []
    }
  })
}
