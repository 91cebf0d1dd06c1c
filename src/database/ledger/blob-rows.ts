import type { Kysely } from 'kysely'
import type { Sha256 } from '../../content/text/hash.ts'
import type { Tables } from '../database-schema.ts'
import { unpackText } from '../packing.ts'
import { plainText } from '../plain-text.ts'

/** Reads blobs of one item. Missing ones are left out. */
export async function readBlobs(
  db: Kysely<Tables>,
  tenant: string,
  itemId: string,
  hashes: readonly Sha256[],
): Promise<Map<Sha256, string>> {
  const found = new Map<Sha256, string>()
  const wanted = [...new Set(hashes)]
  for (let at = 0; at < wanted.length; at += BLOBS_PER_QUERY) {
    const rows = await db
      .selectFrom('blobs')
      .where('tenant', '=', tenant)
      .where('item_id', '=', plainText(itemId))
      .where('hash', 'in', wanted.slice(at, at + BLOBS_PER_QUERY))
      .select(['hash', 'packed', 'body'])
      .execute()
    const texts = await Promise.all(rows.map(unpackText))
    rows.forEach((row, index) => {
      found.set(row.hash, texts[index] ?? '')
    })
  }
  return found
}

// This limits the size of one answer in memory. It is far below the 65,535 parameters that a statement may have.
const BLOBS_PER_QUERY = 500
