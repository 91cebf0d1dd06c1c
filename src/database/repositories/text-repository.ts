import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database-schema.ts'
import { unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'
import type { FollowedTexts, TextOfItem, TextPlace, TextRepository, VersionTextRepository } from '../repositories.ts'
import { type ItemRow, toItem } from './item-repository.ts'

/** The texts of one tenant's items, by hash. */
export function textRepository(db: Kysely<Tables>, tenant: string): TextRepository {
  return {
    async get(itemId, hash) {
      const row = await db
        .selectFrom('texts')
        .where('tenant', '=', tenant)
        .where('item_id', '=', plainText(itemId))
        .where('hash', '=', hash)
        .orderBy('source', 'desc')
        .select(['source', 'hash', 'normaliser', 'packed', 'body'])
        .executeTakeFirst()
      if (row === undefined) return null
      const { packed, body, ...text } = row
      return { ...text, text: await unpackText({ packed, body }) }
    },
  }
}

/** A place with its item, text and segments. Each of these may be missing, and so may the place. */
type Row = { [Column in keyof ItemRow]: ItemRow[Column] | null } & {
  waiting: number
  set_aside: number
  erased: string[]
  place: number | null
  text_packed: boolean | null
  text_body: Buffer | null
  segments_packed: boolean | null
  segments_body: Buffer | null
}

/** The texts of one tenant's items with their items and segments, in one statement, however many places are asked for. */
export function versionTextRepository(db: Kysely<Tables>, tenant: string): VersionTextRepository {
  /** For a consumer that has no place in the outbox, every change is waiting. */
  async function load(places: readonly TextPlace[], segmenter: string, consumer: string): Promise<FollowedTexts> {
    const ids = places.map(({ itemId }) => itemId)
    const hashes = places.map(({ textHash }) => textHash)
    const versions = places.map(({ version = null }) => version)
    const { rows } = await sql<Row>`
      with reached as (
        select coalesce((select seq from outbox_positions where tenant = ${tenant} and consumer = ${consumer}), 0) as seq
      ), followed as (
        select (select count(*) from understandings, reached where tenant = ${tenant} and understandings.seq > reached.seq)
          + (select count(*) from erasures, reached where tenant = ${tenant} and erasures.seq > reached.seq) as waiting,
          (select count(*) from outbox_failures where tenant = ${tenant} and consumer = ${consumer} and set_aside) as set_aside,
          array(select item_id from erasures, reached where tenant = ${tenant} and erasures.seq > reached.seq
            union select item_id from outbox_failures join erasures using (tenant, item_id)
              where tenant = ${tenant} and consumer = ${consumer}) as erased
      )
      select followed.*, places.place::integer as place, items.*, blobs.packed, blobs.body,
        texts.packed as text_packed, texts.body as text_body,
        derived.packed as segments_packed, derived.body as segments_body
      from followed
        left join unnest(${ids}::text[], ${hashes}::text[], ${versions}::integer[])
          with ordinality as places (wanted, text_hash, version, place) on true
        left join items on items.tenant = ${tenant} and items.id = places.wanted
        left join blobs on blobs.tenant = ${tenant} and blobs.item_id = items.id and blobs.hash = items.item_blob
        left join lateral (
          select packed, body from texts
          where tenant = ${tenant} and item_id = items.id and hash = places.text_hash order by source desc limit 1
        ) as texts on true
        left join lateral (
          select blobs.packed, blobs.body
          from runs cross join json_array_elements(runs.derived::json) as named (value)
            join blobs on blobs.tenant = ${tenant} and blobs.item_id = items.id and blobs.hash = named.value ->> 'hash'
          where runs.tenant = ${tenant} and runs.item_id = items.id and runs.version is not null
            and named.value ->> 'textHash' = places.text_hash
            and named.value ->> 'kind' = 'segments' and named.value ->> 'version' = ${segmenter}
          order by runs.version = places.version desc nulls last, runs.id = items.run_id desc, runs.version desc
          limit 1
        ) as derived on true
      order by places.place`.execute(db)
    const [first] = rows
    return {
      waiting: first?.waiting ?? 0,
      setAside: first?.set_aside ?? 0,
      erased: first?.erased ?? [],
      texts: await Promise.all(rows.flatMap((row) => (row.place === null ? [] : [toText(row)]))),
    }
  }

  return {
    followed: load,
    async get(place, segmenter) {
      const { texts } = await load([place], segmenter, '')
      return texts[0] ?? null
    },
  }
}

async function toText(row: Row): Promise<TextOfItem | null> {
  const { tenant, id, kind, title, item_blob, created_at, updated_at, packed, body } = row
  if (tenant === null || id === null || kind === null || title === null || item_blob === null) return null
  if (created_at === null || updated_at === null || packed === null || body === null) return null
  const [text, segments] = await Promise.all([
    unpacked(row.text_packed, row.text_body),
    unpacked(row.segments_packed, row.segments_body),
  ])
  return {
    record: await toItem({ ...row, tenant, id, kind, title, item_blob, created_at, updated_at, packed, body }),
    text,
    segments: segments === null ? null : JSON.parse(segments),
  }
}

async function unpacked(packed: boolean | null, body: Buffer | null): Promise<string | null> {
  return packed === null || body === null ? null : unpackText({ packed, body })
}
