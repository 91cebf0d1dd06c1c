import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { MAX_FEED_BYTES } from '../../ingest/feed/feed-bytes.ts'
import type { Fetcher } from '../../ingest/fetch/fetcher.ts'
import { badUse, failed } from '../terminal/exit-code.ts'

/** The bytes of what the user named. */
export interface Source {
  kind: 'file' | 'url' | 'stdin'
  /** The path, the address or `-`, as given. After redirects it is the address that answered. */
  name: string
  bytes: Uint8Array
}

const FETCH_MS = 30_000

/**
 * Reads a file, an address or stdin (`-`), up to the size of the largest feed. Anything larger is refused before it is read.
 * @throws {CliError} if the file does not exist or cannot be read; {FetchError}
 */
export async function readSource(
  name: string,
  { stdin, fetcher, signal }: { stdin: Readable; fetcher: () => Fetcher; signal: AbortSignal },
): Promise<Source> {
  if (name === '-') return { kind: 'stdin', name, bytes: await readStream(stdin, 'stdin') }
  if (/^https?:\/\//i.test(name)) {
    const { url, bytes } = await fetcher().fetch(
      { url: name, accept: [], maxBytes: MAX_FEED_BYTES, timeoutMs: FETCH_MS },
      { signal },
    )
    return { kind: 'url', name: url, bytes }
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name))
    throw badUse(`${name} cannot be read: give a file, or an http or https address`)
  return { kind: 'file', name, bytes: await readPath(name) }
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    const about = await stat(path)
    if (about.isDirectory()) throw badUse(`${path} is a folder; name a file in it`)
    if (about.size > MAX_FEED_BYTES) throw tooLarge(path, about.size)
    // A pipe (`<(command)`) has no size.
    if (!about.isFile()) return await readStream(createReadStream(path), path)
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR') throw badUse(`there is no file ${path}`)
    if (code === 'EACCES' || code === 'EPERM') throw failed(`${path} cannot be read: permission denied`)
    throw error
  }
}

async function readStream(stream: Readable, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > MAX_FEED_BYTES) throw tooLarge(name, size)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function tooLarge(name: string, size: number): Error {
  const mega = (bytes: number) => Math.round(bytes / 1024 / 1024)
  return failed(
    `${name} has ${mega(size)} MB or more; at most ${mega(MAX_FEED_BYTES)} MB are read. Is this the audio, or many episodes in one file?`,
  )
}
