import { type Config, describeVariables } from '../../../config.ts'
import type { Setting } from './page.tsx'

const SECRET = /KEY|SECRET|TOKEN$|PASSWORD/

/** Every variable with what is in force. Keys are told to be set and no more; of URLs the part before a host and after a path is left out. */
export function viewSettings(config: Config): Setting[] {
  const values = new Map<string, unknown>(Object.entries(config))
  return describeVariables().map(({ name, about, fallback }) => {
    const value = values.get(name)
    const text = value === undefined ? null : plain(value)
    const shown = text !== null && SECRET.test(name) && typeof value === 'string' ? 'set' : text
    return {
      name,
      about,
      value: shown === null ? null : withoutCredentials(shown),
      changed: text !== null && text !== fallback,
    }
  })
}

function plain(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, each]) => `${name}=${String(each)}`)
    .join(', ')
}

function withoutCredentials(text: string): string {
  if (!/^[a-z]+:\/\//.test(text) || !URL.canParse(text)) return text
  const { protocol, host, pathname } = new URL(text)
  return `${protocol}//${host}${pathname}`
}
