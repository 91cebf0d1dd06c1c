import type { Sha256 } from '../content/hash.ts'
import type { BlobRepository } from '../database/repositories.ts'
import { expand, liftedHashes } from '../ledger/canonical.ts'
import { Json } from './schemas/common.ts'

/**
 * The whole values behind canonical blobs of one item, with the strings that were lifted out of them put back: two queries,
 * however many there are. A blob that is gone is `null`, a string that is gone stays `{"$blob": …}`.
 */
export async function readBodies(
  blobs: BlobRepository,
  itemId: string,
  hashes: readonly Sha256[],
): Promise<(hash: Sha256) => Json> {
  const bodies = await blobs.many(itemId, hashes)
  const strings = await blobs.many(itemId, [...bodies.values()].flatMap(liftedHashes))
  return (hash) => {
    const json = bodies.get(hash)
    return json === undefined ? null : Json.parse(expand(json, (lifted) => strings.get(lifted)))
  }
}
