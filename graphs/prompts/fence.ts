import { sha256 } from '../../src/content/text/hash.ts'

/**
 * Puts text between marks that carry the text's own hash. Whoever writes the text cannot write its mark: the mark changes with
 * every character that is written.
 */
export function fence(name: 'transcript' | 'outline', body: string): string {
  const mark = `${name} sha256=${sha256(body).slice('sha256:'.length, 'sha256:'.length + 16)}`
  return `<${mark}>\n${body}\n</${mark}>`
}

/**
 * Values as lines of JSON between `<data name=…>` marks. `<` and line ends are escaped inside JSON strings, so no value can end
 * the fence or begin a line.
 */
export function dataFence(name: string, values: readonly unknown[]): string {
  return [`<data name=${name}>`, ...values.map(jsonLine), '</data>'].join('\n')
}

function jsonLine(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return (JSON.stringify(value) ?? 'null').replace(/[<\u0085\u2028\u2029]/g, escaped)
}
