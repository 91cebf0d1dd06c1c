import { messageOf } from '../content/validation/error-message.ts'
/** What one check of `doctor` found. `off`: not configured, and fine without; `failed`: configured, but it does not answer. */
export interface Check {
  name: string
  status: 'ok' | 'off' | 'failed'
  detail: string
  /** What to do about it, or what setting it up would bring. */
  hint: string | null
}

export const ok = (name: string, detail: string, hint: string | null = null): Check => ({
  name,
  status: 'ok',
  detail,
  hint,
})
export const off = (name: string, detail: string, hint: string): Check => ({ name, status: 'off', detail, hint })
export const broken = (name: string, detail: string, hint: string): Check => ({ name, status: 'failed', detail, hint })

/** What an error says, in one line. */
export function reason(error: unknown): string {
  const text = messageOf(error)
  return text.trim().replace(/\s*\n\s*/g, ' ')
}
