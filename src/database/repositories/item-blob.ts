import type { Item } from '../../content/item.ts'
import { sha256 } from '../../content/text/hash.ts'
import type { Tables } from '../database-schema.ts'
import { packText } from '../packing.ts'
import { jsonText } from '../plain-text.ts'

type PackedItem = Pick<Tables['blobs'], 'hash' | 'packed' | 'body'>

/** An item that is submitted is stored for itself and for its run: the work is done once. */
const packed = new WeakMap<Item, Promise<PackedItem>>()

/** An item as a blob: its JSON, its hash, compressed. It must not change afterwards. */
export function packItem(item: Item): Promise<PackedItem> {
  const known = packed.get(item)
  if (known !== undefined) return known
  const text = jsonText(item)
  const made = packText(text).then((body) => ({ hash: sha256(text), ...body }))
  packed.set(item, made)
  return made
}
