import type { PGlite } from '@electric-sql/pglite'

/** Parse, Bind, Describe, Execute: what the server answers only when it is asked to, by Sync or Flush. */
const WAITING = new Set([...'PBDE'].map((letter) => letter.charCodeAt(0)))

type Send = PGlite['execProtocolStream']

/**
 * The messages of a statement in one call of the engine, as a server gets them in one packet: the driver sends four or five, and
 * each call costs more than a small statement does.
 */
export function gatherMessages(send: Send): Send {
  let gathered: Uint8Array[] = []
  return async (message, options) => {
    if (WAITING.has(message[0] ?? 0)) {
      gathered.push(message)
      return []
    }
    const messages = [...gathered, message]
    gathered = []
    return send(messages.length === 1 ? message : Buffer.concat(messages), options)
  }
}
