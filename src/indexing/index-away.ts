import { ModelError } from '../models/chat-model.ts'
import { InvalidVector, SimilarityError, SimilarityRefused } from '../similarity/similarity-index.ts'

/**
 * Whether a change failed because the index or the embedding model is away, refuses the key or is not set up right: then every other
 * change would fail as well. Else the change itself is not taken.
 */
export function isAway(error: unknown): boolean {
  if (error instanceof ModelError) return error.kind !== 'bad_request'
  return error instanceof SimilarityError && !(error instanceof SimilarityRefused || error instanceof InvalidVector)
}
