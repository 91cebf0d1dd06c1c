/** Keys that are shorter may stand in ordinary words: servers that ask for none are often given "x" or "none". */
const TELLING_LENGTH = 8

/**
 * A message without a key. A long one goes wherever it stands; a short one only where it stands as a key: after `Bearer`, after
 * `key:`, or quoted.
 */
export function hideSecret(text: string, secret: string | undefined): string {
  if (!secret) return text
  if (secret.length >= TELLING_LENGTH) return text.replaceAll(secret, '…')
  const literal = secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const named = new RegExp(
    `(\\bbearer\\s+|\\b(?:key|token)(?: provided)?\\s*[:=]\\s*)${literal}(?![\\p{L}\\p{N}_-])`,
    'giu',
  )
  const quoted = new RegExp(`(["'\`])${literal}\\1`, 'gu')
  return text
    .replace(named, (_, before: string) => `${before}…`)
    .replace(quoted, (_, quote: string) => `${quote}…${quote}`)
}
