import { grouped } from './page-words.ts'

/** A longer block is folded at first. */
const OPEN_CHARS = 2000

/** A JSON value as it was recorded. */
export function Json({ value, label, open }: { value: unknown; label: string; open?: boolean }) {
  const text = JSON.stringify(value, null, 2) ?? 'nothing'
  return (
    <details class="block" open={open ?? text.length <= OPEN_CHARS}>
      <summary>
        {label} <span class="dim">{grouped(text.length)} characters</span>
      </summary>
      <pre tabindex={0}>{text}</pre>
    </details>
  )
}

/** A long text that was part of a conversation. */
export function LongText({ text, label, open }: { text: string; label: string; open?: boolean }) {
  return (
    <details class="block" open={open ?? text.length <= OPEN_CHARS}>
      <summary>
        {label} <span class="dim">{grouped(text.length)} characters</span>
      </summary>
      <pre tabindex={0} class="prose">
        {text}
      </pre>
    </details>
  )
}
