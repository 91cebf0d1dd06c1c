import type { Item } from '../../src/content/item.ts'

/** A run looks at no more than this many transcripts of one item. */
const MAX_TRANSCRIPTS = 5

/** The transcripts by URL that a run looks at, in the publisher's order. */
export function linkedTranscripts(
  item: Item,
): { url: string; type: string | undefined; language: string | undefined }[] {
  return item.transcripts
    .flatMap(({ url, type, language }) => (url === undefined ? [] : [{ url, type, language }]))
    .slice(0, MAX_TRANSCRIPTS)
}

/** Every URL whose content becomes text of the understanding. */
export function linkedUrls(item: Item): string[] {
  return [...linkedTranscripts(item).map(({ url }) => url), ...chaptersUrls(item)]
}

/** The URLs of the chapters. None if the item lists its chapters itself. */
export function chaptersUrls({ chapters, chaptersUrl }: Item): string[] {
  return chaptersUrl === undefined || chapters.length > 0 ? [] : [chaptersUrl]
}
