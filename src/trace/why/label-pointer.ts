import { type DocumentLabel, documentLabels } from '../../content/labels/document-labels.ts'
import type { Understanding } from '../../content/understanding-schema.ts'

/** What a pointer leads to: a label, or nothing, with the reason. */
export type Pointed =
  | { kind: 'label'; label: DocumentLabel }
  | { kind: 'malformed'; message: string }
  | { kind: 'unknown'; message: string }

/** The label that a JSON pointer (RFC 6901) leads to or into: `/topics/0` and `/topics/0/evidence/1` lead to the same. */
export function labelAt(document: Understanding, pointer: string): Pointed {
  if (!/^(\/([^~/]|~[01])*)+$/.test(pointer))
    return {
      kind: 'malformed',
      message: `"${clip(pointer)}" is not a JSON pointer to a label; ${labelsThere(document)}`,
    }
  const found = documentLabels(document).find(
    (label) => label.pointer === pointer || pointer.startsWith(`${label.pointer}/`),
  )
  if (found !== undefined && valueAt(document, pointer)) return { kind: 'label', label: found }
  const where = `version ${document.version} has no label at "${clip(pointer)}"`
  return { kind: 'unknown', message: `${where}; ${labelsThere(document)}` }
}

/** Which pointers there are, as briefly as possible: `there are /topics/0 to /topics/3, /attributes/format`. */
function labelsThere(document: Understanding): string {
  const pointers = documentLabels(document).map(({ pointer }) => pointer)
  const groups = new Map<string, string[]>()
  for (const pointer of pointers) {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'))
    groups.set(parent, [...(groups.get(parent) ?? []), pointer])
  }
  const parts = [...groups].map(([parent, all]) => {
    const [first, last] = [all[0], all.at(-1)]
    return parent === '/attributes' || first === last ? all.join(', ') : `${first} to ${last}`
  })
  return parts.length === 0 ? 'it has no labels' : `there are ${parts.join(', ')}`
}

function valueAt(document: unknown, pointer: string): boolean {
  let value = document
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
    value = Object.getOwnPropertyDescriptor(value, key)?.value
  }
  return true
}

const clip = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text)
