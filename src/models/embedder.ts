/** Turns texts into vectors of one vector space. */
export interface Embedder {
  /** The vector space: id and version, for example `use-lite-en@0.2.0`. Vectors of different spaces are never compared. */
  readonly space: string
  readonly dimension: number
  /** The primary language subtags that it knows, or `any`. */
  readonly languages: readonly string[] | 'any'
  /** True if it runs in this process. Then only its failures are exchanges. */
  readonly local: boolean
  /** One L2-normalised vector for each text, in order. */
  embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<number[][]>
}

/** The message for a language that {@link knowsLanguage} rejects. */
export function doesNotRead({ space }: Pick<Embedder, 'space'>, language: string | null): string {
  return `the embedder ${space} does not read "${language}"`
}

/** Whether an embedder declares a language (a BCP 47 tag). If the language is unknown (null), the result is true. */
export function knowsLanguage(embedder: Pick<Embedder, 'languages'>, language: string | null): boolean {
  if (embedder.languages === 'any' || language === null) return true
  return embedder.languages.includes(language.toLowerCase().split('-')[0] ?? '')
}
