import type { Reading } from '../../src/signals/reading/reading.ts'

/** An item of which nothing is read yet. */
export const emptyReading: Reading = {
  kind: 'podcast_episode',
  language: null,
  title: '',
  description: '',
  text: '',
  segments: [],
  vectors: [],
  titleVector: null,
  descriptionVector: null,
  space: null,
}
