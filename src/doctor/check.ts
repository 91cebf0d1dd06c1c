import { messageOf } from '../content/validation/error-message.ts'
/** The result of one check of `doctor`. `off`: not configured, which is fine; `failed`: configured, but it does not answer. */
export interface Check {
  name: string
  status: 'ok' | 'off' | 'failed'
  detail: string
  /** How to fix it, or the benefit of setting it up. */
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

/** The message of an error, in one line. */
export function reason(error: unknown): string {
  const text = messageOf(error)
  return text.trim().replace(/\s*\n\s*/g, ' ')
}
