import { promisify } from 'node:util'
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  constants,
} from 'node:zlib'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)

/** Below this many bytes, compressing costs more than it saves. */
const COMPRESS_ABOVE = 2048
/** Up to this many bytes (two hours of speech, 0.2 ms), compressing takes no longer than handing the work to another thread. */
const AT_ONCE = 128 * 1024
/** An hour of speech fits into one piece of this size. */
const CHUNK = 64 * 1024
/** Brotli's fastest level. It takes a third of the time of deflate's fastest, and the result is a little smaller. */
const OPTIONS: BrotliOptions = {
  chunkSize: CHUNK,
  params: { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 18 },
}

/** A text as it is stored: UTF-8, compressed with Brotli if `packed`. */
export interface PackedText {
  packed: boolean
  body: Buffer
}

/** Compresses a text of more than 2 KB, and a long one off the event loop. */
export async function packText(text: string): Promise<PackedText> {
  // This turns lone surrogates into U+FFFD.
  const body = Buffer.from(text, 'utf8')
  if (body.length <= COMPRESS_ABOVE) return { packed: false, body }
  return {
    packed: true,
    body: body.length <= AT_ONCE ? brotliCompressSync(body, OPTIONS) : await compress(body, OPTIONS),
  }
}

export async function unpackText({ packed, body }: PackedText): Promise<string> {
  return (packed ? await unpack(body) : body).toString('utf8')
}

async function unpack(body: Buffer): Promise<Buffer> {
  return body.length <= AT_ONCE ? brotliDecompressSync(body, { chunkSize: CHUNK }) : decompress(body)
}
