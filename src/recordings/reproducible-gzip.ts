import { pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'

/** RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system. So the same recording is the same file anywhere. */
export const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
export const GZIP_MAGIC = GZIP_HEADER.subarray(0, 2)

/** Packs bytes; what comes out begins with {@link GZIP_HEADER}. Errors of the source are those of iterating. */
export async function* gzip(source: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packer = createGzip()
  pipeline(source, packer, () => undefined)
  let head: Buffer | null = Buffer.alloc(0)
  for await (const chunk of packer) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('gzip gives bytes')
    if (head === null) {
      yield chunk
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < GZIP_HEADER.length) continue
    yield Buffer.concat([GZIP_HEADER, head.subarray(GZIP_HEADER.length)])
    head = null
  }
}
