import type { Item } from '../../src/content/item.ts'

/** More transcripts of one item than this are not looked at. */
const MAX_TRANSCRIPTS = 5

/** Transcripts by URL that a run looks at, in the publisher's order. */
export function linkedTranscripts(
  item: Item,
): { url: string; type: string | undefined; language: string | undefined }[] {
  return item.transcripts
    .flatMap(({ url, type, language }) => (url === undefined ? [] : [{ url, type, language }]))
    .slice(0, MAX_TRANSCRIPTS)
}

/** Every URL whose content goes into the understanding as text. */
export function linkedUrls(item: Item): string[] {
  return [...linkedTranscripts(item).map(({ url }) => url), ...chaptersUrls(item)]
}

/** Where chapters are fetched from: nowhere if the item lists them itself. */
export function chaptersUrls({ chapters, chaptersUrl }: Item): string[] {
  return chaptersUrl === undefined || chapters.length > 0 ? [] : [chaptersUrl]
}
