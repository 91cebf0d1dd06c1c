import { promisify } from 'node:util'
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
  inflateRaw,
} from 'node:zlib'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
const inflate = promisify(inflateRaw)

/** Below this many bytes, compressing costs more than it saves. */
const COMPRESS_ABOVE = 2048
/** Up to this many bytes (two hours of speech, 0.2 ms) compressing takes no longer than handing the work to another thread. */
const AT_ONCE = 128 * 1024
/**
 * Stands before what is compressed with Brotli. Older versions wrote raw deflate, of which no stream begins so: its first block's
 * type would be 3, which there is none of.
 */
const BROTLI = Buffer.from([0x07])

/** An hour of speech comes out in one piece. */
const CHUNK = 64 * 1024
/** The fastest: a third of the time that deflate's fastest takes, and a little smaller. */
const OPTIONS: BrotliOptions = {
  chunkSize: CHUNK,
  params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 18 },
}

/** A text as it is stored: UTF-8, compressed where `packed`. */
export interface PackedText {
  packed: boolean
  body: Buffer
}

/** Compresses what is longer than 2 KB, and what is long off the event loop. */
export async function packText(text: string): Promise<PackedText> {
  // Lone surrogates become U+FFFD on the way.
  const body = Buffer.from(text, 'utf8')
  if (body.length <= COMPRESS_ABOVE) return { packed: false, body }
  const compressed = body.length <= AT_ONCE ? brotliCompressSync(body, OPTIONS) : await compress(body, OPTIONS)
  return { packed: true, body: Buffer.concat([BROTLI, compressed]) }
}

export async function unpackText({ packed, body }: PackedText): Promise<string> {
  return (packed ? await unpack(body) : body).toString('utf8')
}

async function unpack(body: Buffer): Promise<Buffer> {
  if (body[0] !== BROTLI[0]) return inflate(body)
  const compressed = body.subarray(1)
  return compressed.length <= AT_ONCE ? brotliDecompressSync(compressed, { chunkSize: CHUNK }) : decompress(compressed)
}
