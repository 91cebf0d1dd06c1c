import { compareJson } from './compare-json.ts'

/** One operation of a JSON Patch (RFC 6902), limited to those that differences need. */
export type PatchOperation =
  | { op: 'add' | 'replace'; path: string; value: unknown }
  /** The place to remove. */
  | { op: 'remove'; path: string }

/**
 * The JSON Patch (RFC 6902) that turns `before` into `after`; empty if they are equal. Operations apply one after another.
 * Removals come last and start from the end, so that no place moves before its own operation.
 */
export function patchBetween(before: unknown, after: unknown): PatchOperation[] {
  const removed: PatchOperation[] = []
  const changed: PatchOperation[] = []
  for (const { pointer, was, is } of compareJson(before, after)) {
    if (is === undefined) removed.push({ op: 'remove', path: pointer })
    else changed.push({ op: was === undefined ? 'add' : 'replace', path: pointer, value: is })
  }
  return [...changed, ...removed.reverse()]
}
