import type { Item } from '../../src/content/item.ts'

/** Declared metadata that prompts and tools may show: strings, numbers and flags only. */
export type Metadata = Readonly<Record<string, string | number | boolean | string[] | null>>

/** What the publisher says about the item, without texts, ids and URLs. */
export function metadataOf(item: Item): Metadata {
  return {
    kind: item.kind,
    title: item.title,
    language: item.language ?? null,
    publishedAt: item.publishedAt ?? null,
    durationMs: item.durationMs ?? null,
    explicit: item.explicit ?? null,
    show: item.parent?.title ?? null,
    publisher: item.parent?.publisher ?? null,
    categories: item.categories ?? [],
    chapters: item.chapters.map(({ title }) => title),
  }
}
