/** A text with places to fill. */
export interface Template {
  readonly text: string
  readonly placeholders: readonly string[]
  /** Fills all places in one pass. Values that are filled in are not searched for places. */
  fill(values: Readonly<Record<string, string>>): string
}

const PLACE = /\{\{([^{}]*)\}\}/g

/** Reads `{{name}}` places. All of `names` have to occur, each once, and no others. */
export function parseTemplate(
  text: string,
  names: readonly string[],
): { ok: true; value: Template } | { ok: false; problem: string } {
  const found = [...text.matchAll(PLACE)].map(([, name = '']) => name)
  const list = (wanted: readonly string[]) => wanted.map((name) => `{{${name}}}`).join(', ')
  const unknown = found.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    return { ok: false, problem: `there is no place called ${list(unknown)}; there are: ${list(names) || 'none'}` }
  const missing = names.filter((name) => !found.includes(name))
  if (missing.length > 0) return { ok: false, problem: `the text lacks ${list(missing)}` }
  const twice = names.filter((name) => found.indexOf(name) !== found.lastIndexOf(name))
  if (twice.length > 0) return { ok: false, problem: `${list(twice)} may stand in the text only once` }
  return {
    ok: true,
    value: {
      text,
      placeholders: found,
      fill: (values) => text.replace(PLACE, (_, name: string) => values[name] ?? ''),
    },
  }
}
