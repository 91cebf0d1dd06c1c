import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** Below this many bytes, compressing costs more than it saves. */
const COMPRESS_ABOVE = 2048
/** The fastest: higher levels save a tenth and take twice as long. */
const LEVEL = 1
/** An hour of speech comes out in one piece: each piece is one more trip to another thread. */
const CHUNK = 64 * 1024

/** A text as it is stored: UTF-8, raw-deflated where `packed`. */
export interface PackedText {
  packed: boolean
  body: Buffer
}

/** Compresses off the event loop, and only what is longer than 2 KB. */
export async function packText(text: string): Promise<PackedText> {
  // Lone surrogates become U+FFFD on the way.
  const body = Buffer.from(text, 'utf8')
  return body.length > COMPRESS_ABOVE
    ? { packed: true, body: await deflate(body, { level: LEVEL, chunkSize: CHUNK }) }
    : { packed: false, body }
}

export async function unpackText({ packed, body }: PackedText): Promise<string> {
  return (packed ? await inflate(body) : body).toString('utf8')
}
