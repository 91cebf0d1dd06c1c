import { Segment } from '../content/transcript/segments.ts'
import type { ItemRecord } from '../database/records.ts'
import type { TextOfItem, TextPlace, VersionTextRepository } from '../database/repositories.ts'
import { SEGMENTER } from '../runs/derived-blobs.ts'

/** An item with the text that a version's offsets count in, and that text's segments. */
export interface VersionWords {
  item: ItemRecord
  /** Empty if the version has no such text. */
  text: string
  /** Empty if there is no text, or if another segmenter has cut it. */
  segments: readonly Segment[]
}

/** The words of one version. Null if there is no such item. */
export async function versionWords(
  place: TextPlace,
  { versionTexts }: { versionTexts: Pick<VersionTextRepository, 'get'> },
): Promise<VersionWords | null> {
  const found = await versionTexts.get(place, SEGMENTER)
  return found === null ? null : toVersionWords(found)
}

export function toVersionWords({ record, text, segments }: TextOfItem): VersionWords {
  return { item: record, text: text ?? '', segments: Segment.array().safeParse(segments).data ?? [] }
}
