import { decodeBytes } from '../encoding/decode-bytes.ts'
import { decodeWindows1252 } from '../encoding/utf8-repair.ts'

/** The largest public feeds (thousands of episodes with long notes) stay below 40 MB. */
export const MAX_FEED_BYTES = 64 * 1024 * 1024

/** A feed that cannot be used. The message is one line: the problem, and how to fix it. */
export class FeedError extends Error {
  override readonly name = 'FeedError'
  readonly kind: 'empty' | 'too_large' | 'not_a_feed' | 'broken' | 'no_episodes'
  constructor(kind: FeedError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** @throws {FeedError} `too_large` */
export function decodeFeed(input: Uint8Array | string): string {
  if (input.length > MAX_FEED_BYTES) {
    throw new FeedError(
      'too_large',
      `The feed has ${Math.round(input.length / 1024 / 1024)} MB; the limit is ${MAX_FEED_BYTES / 1024 / 1024} MB.`,
    )
  }
  if (typeof input === 'string') return input
  const declared = /^\s*<\?xml[^>]*\bencoding=["']([A-Za-z0-9._-]+)["']/.exec(
    Buffer.from(input.subarray(0, 200)).toString('latin1'),
  )?.[1]
  if (declared !== undefined && !/^utf-?(?:8|16)/i.test(declared)) {
    try {
      return /^(?:iso-8859-1|latin1|windows-1252|us-ascii)$/i.test(declared)
        ? decodeWindows1252(input)
        : new TextDecoder(declared).decode(input)
    } catch {
      // The declared encoding is unknown, so the bytes decide.
    }
  }
  return decodeBytes(input).text
}

/** The root element begins within this length, after comments and entity declarations. */
const HEAD = 64 * 1024
// The pattern for a comment cannot match its end mark: an ambiguous pattern would try all combinations.
const ROOT = /^\uFEFF?(?:\s|<\?[^>]*\?>|<!--(?:(?!-->)[\s\S])*-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)*<(rss|feed)[\s>]/i

/** The kind of feed; null if the document is not a feed. */
export function rootOf(xml: string): 'rss' | 'feed' | null {
  const name = ROOT.exec(xml.slice(0, HEAD))?.[1]?.toLowerCase()
  return name === 'rss' || name === 'feed' ? name : null
}

/** Whether bytes are a feed: RSS, or Atom, which `readFeed` refuses with a reason. */
export function isFeed(bytes: Uint8Array): boolean {
  return rootOf(decodeFeed(bytes.subarray(0, HEAD))) !== null
}
