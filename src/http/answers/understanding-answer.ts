import type { Understanding } from '../../content/understanding-schema.ts'
import { type Format, render } from './answer-formats.ts'

/** Names a document in a format. The run and the version are enough: a version never changes, and its run published it once. */
export function entityTag({ provenance, version }: Understanding, format: Format): string {
  return `"${provenance.runId}.${version}.${format}"`
}

/** Whether an `If-None-Match` header names this tag (RFC 9110, 13.1.2: weak comparison). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((candidate) => [tag, '*'].includes(candidate.trim().replace(/^W\//, '')))
}

/** An understanding as an answer, or 304 if the caller has it. */
export function answerUnderstanding(
  understanding: Understanding,
  {
    format,
    ifNoneMatch,
    headers = {},
  }: { format: Format; ifNoneMatch?: string | undefined; headers?: Readonly<Record<string, string>> },
): Response {
  const etag = entityTag(understanding, format)
  const common = { etag, vary: 'Accept', 'cache-control': 'private, no-cache', ...headers }
  if (matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers: common })
  const { type, body } = render(understanding, format)
  return new Response(body, { status: 200, headers: { ...common, 'content-type': type } })
}
