import { messageOf } from '../../content/validation/error-message.ts'
import {
  MissingCollection,
  SimilarityError,
  SimilarityUnauthorised,
  SimilarityUnavailable,
} from '../similarity-index.ts'

/** The constraint that holds a space's dimension (`pgvector-schema.ts`). */
export function isDimensionViolation(error: unknown): boolean {
  return property(error, 'constraint') === 'similarity_points_dimension'
}

/** Converts a database error to the port's error by SQLSTATE, because messages are translated. Other values are returned unchanged. */
export function toSimilarityError(error: unknown): unknown {
  if (error instanceof SimilarityError) return error
  const code = property(error, 'code')
  const text = messageOf(error)
  // 42P01 undefined table, 42704 undefined type, 42883 undefined function.
  if (code === '42P01' || code === '42704' || code === '42883')
    return new MissingCollection(
      `the tables of the similarity index are missing (${text}); run the database migrations`,
      {
        cause: error,
      },
    )
  // Class 28: invalid authorisation; 42501: insufficient privilege.
  if (code?.startsWith('28') || code === '42501')
    return new SimilarityUnauthorised(`the database refused access to the similarity index: ${text}`, { cause: error })
  if (isConnectionProblem(code, text))
    return new SimilarityUnavailable(`the database behind the similarity index does not answer: ${text}`, {
      cause: error,
    })
  return error
}

// Class 08: connection; 57: operator intervention, shutdown, time-out; 53: out of resources. The other codes are from node and pg.
function isConnectionProblem(code: string | undefined, text: string): boolean {
  if (code !== undefined && /^(08|57|53)/.test(code)) return true
  if (code !== undefined && /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_)/.test(code)) return true
  return /connection terminated|timeout exceeded when trying to connect|pool after calling end|closed/i.test(text)
}

function property(error: unknown, key: 'code' | 'constraint'): string | undefined {
  if (typeof error !== 'object' || error === null || !(key in error)) return undefined
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}
