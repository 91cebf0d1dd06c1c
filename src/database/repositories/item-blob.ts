import type { Item } from '../../content/item.ts'
import { sha256 } from '../../content/text/hash.ts'
import type { Tables } from '../database-schema.ts'
import { packText } from '../packing.ts'
import { jsonText } from '../plain-text.ts'

type PackedItem = Pick<Tables['blobs'], 'hash' | 'packed' | 'body'>

/** Items that have been packed. An item is packed once for all its runs in this process. */
const packed = new WeakMap<Item, Promise<PackedItem>>()

/** Packs an item into a blob: its compressed JSON and its hash. The item must not change afterwards. */
export function packItem(item: Item): Promise<PackedItem> {
  const known = packed.get(item)
  if (known !== undefined) return known
  const text = jsonText(item)
  const made = packText(text).then((body) => ({ hash: sha256(text), ...body }))
  packed.set(item, made)
  return made
}
