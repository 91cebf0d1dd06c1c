import { createHash } from 'node:crypto'
import { z } from 'zod'
import { objectWithMember } from './validation/json-schema-member.ts'

/** Kinds of content that the graph understands. */
export const ItemKind = z.enum(['podcast_episode', 'talk', 'audiobook_chapter', 'song', 'video'])
export type ItemKind = z.infer<typeof ItemKind>

/** 1-200 printable characters, chosen by the caller or derived by {@link deriveItemId}. */
export const ItemId = z
  .string()
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u, 'an item id has 1 to 200 printable characters')
  // URL parsers remove these two path segments, escaped or not: such an item could be stored and never be requested.
  .regex(/^(?!\.{1,2}$)/, 'an item id is not "." or "..", which no address can hold')

const WEB_URL = 'give an http or https URL'
/** JSON Schema cannot express `protocol`, so the pattern repeats it. */
const Url = z
  .url({ protocol: /^https?$/, error: WEB_URL })
  .regex(/^[Hh][Tt][Tt][Pp][Ss]?:/, WEB_URL)
  .max(4096)
/** A text that is published unchanged. Every consumer must be able to store it: well-formed, and without NUL, which Postgres refuses. */
const plain = () => z.string().overwrite((text) => text.toWellFormed().replaceAll('\u0000', '\uFFFD'))
const Bcp47 = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'a language is a BCP 47 tag such as "en" or "pt-BR"')
const Milliseconds = z.int().min(0)

/** A transcript given inline (`text`) or by URL; `type` is the publisher's claim and is checked against the content. */
export const TranscriptSource = z
  .strictObject({
    text: z.string().optional(),
    url: Url.optional(),
    type: z.string().max(200).optional(),
    language: Bcp47.optional(),
    rel: z.string().max(100).optional(),
  })
  .refine((source) => (source.text === undefined) !== (source.url === undefined), {
    error: 'a transcript has either "text" or "url"',
  })
  .meta({ oneOf: [objectWithMember('text'), objectWithMember('url')] })
export type TranscriptSource = z.infer<typeof TranscriptSource>

export const PublisherChapter = z.strictObject({
  startMs: z.int('give milliseconds, a whole number from 0, or null where no time is known').min(0).nullable(),
  endMs: Milliseconds.optional(),
  title: plain().min(1).max(1000),
})
export type PublisherChapter = z.infer<typeof PublisherChapter>

export const Parent = z.strictObject({
  id: plain().max(200).optional(),
  kind: plain().max(100).optional(),
  title: plain().max(2000).optional(),
  publisher: plain().max(2000).optional(),
})

/** How much of the text may be quoted in the output. */
export const Rights = z.enum(['full', 'clipped', 'offsets'])
export type Rights = z.infer<typeof Rights>

/** One piece of content of one tenant, as `POST /v1/items` takes it. */
export const Item = z
  .strictObject({
    id: ItemId.optional(),
    guid: plain().max(4096).optional(),
    url: Url.optional(),
    kind: ItemKind,
    title: plain().max(10_000).default(''),
    description: plain().max(200_000).default(''),
    language: Bcp47.optional(),
    publishedAt: z.iso.datetime({ offset: true }).optional(),
    durationMs: Milliseconds.optional(),
    explicit: z.boolean().optional(),
    parent: Parent.optional(),
    categories: z.array(plain().max(200)).max(50).optional(),
    transcripts: z.array(TranscriptSource).max(20).default([]),
    chapters: z.array(PublisherChapter).max(5000).default([]),
    chaptersUrl: Url.optional(),
    audio: z.strictObject({ url: Url, type: z.string().max(200).optional() }).optional(),
    artwork: z.strictObject({ url: Url }).optional(),
    rights: Rights.default('full'),
  })
  .meta({ id: 'Item' })
export type Item = z.output<typeof Item>
export type ItemInput = z.input<typeof Item>

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

function base32(bytes: Uint8Array): string {
  let bits = 0
  let value = 0
  let out = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += BASE32[(value >>> bits) & 31]
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? out + BASE32[(value << (5 - bits)) & 31] : out
}

/** The item's own id, else `i_` + base32 of the SHA-256 of the feed's guid, else the URL, else text and title. */
export function deriveItemId(item: Item): string {
  if (item.id !== undefined) return item.id
  const identity =
    item.guid ??
    item.url ??
    item.audio?.url ??
    JSON.stringify([item.title, ...item.transcripts.map((source) => source.text ?? source.url ?? '')])
  return `i_${base32(createHash('sha256').update(identity.toWellFormed(), 'utf8').digest())}`
}
