import { HTTPException } from 'hono/http-exception'
import { InvalidDecision } from '../../content/invalid-decision.ts'
import { pointerTo } from '../../content/validation/mistakes.ts'
import { DatabaseError } from '../../database/database-errors.ts'
import { BadCursor } from '../../database/paging.ts'
import { ModelError } from '../../models/chat-model.ts'
import { SimilarityError } from '../../similarity/similarity-index.ts'
import { summarise } from '../requests/validation.ts'
import { Problem } from './problem.ts'

/** The problem that an error is to a caller. What the caller cannot know or mend is not in it, only in the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException) return refusalOfFramework(error)
  if (error instanceof BadCursor) return new Problem('bad-cursor', error.message)
  if (error instanceof InvalidDecision) {
    const errors = error.mistakes.map(({ path, message }) => ({ pointer: pointerTo(path), message }))
    return new Problem('bad-decision', summarise(errors), { errors })
  }
  if (error instanceof DatabaseError) return new Problem('database-unavailable', error.message)
  if (error instanceof SimilarityError) return new Problem('similarity-unavailable', error.message)
  if (error instanceof ModelError) return new Problem('embedding-failed', error.message)
  return new Problem('internal', 'the request could not be answered; the server log says more')
}

/** What the framework refuses before a route sees it. */
function refusalOfFramework({ status, message }: HTTPException): Problem {
  // Thrown when a body is parsed.
  if (status === 400) return new Problem('not-json', 'the body is not JSON')
  if (status === 415)
    return new Problem('not-json-type', 'send the body with the header "Content-Type: application/json"')
  if (status >= 500) return new Problem(status, 'the request could not be answered; the server log says more')
  return new Problem(status, message === '' ? 'the request was refused' : message)
}
