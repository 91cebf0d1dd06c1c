/** Turns texts into vectors of one vector space. */
export interface Embedder {
  /** The vector space: id and version, for example `use-lite-en@0.2.0`. Vectors of different spaces never meet. */
  readonly space: string
  readonly dimension: number
  /** Primary language subtags that it knows, or `any`. */
  readonly languages: readonly string[] | 'any'
  /** True where it runs in this process: then only its failures are exchanges. */
  readonly local: boolean
  /** One vector a text, in order, L2-normalised. */
  embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[][]>
}

/** What is to be said where {@link knowsLanguage} says no. */
export function doesNotRead({ space }: Pick<Embedder, 'space'>, language: string | null): string {
  return `the embedder ${space} does not read "${language}"`
}

/** Whether an embedder declares a language (a BCP 47 tag); an unknown language (null) counts as known. */
export function knowsLanguage(embedder: Pick<Embedder, 'languages'>, language: string | null): boolean {
  if (embedder.languages === 'any' || language === null) return true
  return embedder.languages.includes(language.toLowerCase().split('-')[0] ?? '')
}
