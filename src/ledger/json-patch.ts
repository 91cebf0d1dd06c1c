import { compareJson } from './compare-json.ts'

/** One operation of a JSON Patch (RFC 6902), as far as differences need it. */
export type PatchOperation =
  | { op: 'add' | 'replace'; path: string; value: unknown }
  /** The place that is taken out. */
  | { op: 'remove'; path: string }

/**
 * What turns `before` into `after`, as a JSON Patch (RFC 6902); empty where they are equal. Operations apply one after another:
 * what is removed comes last and from the end, so that no place moves before its own operation.
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
