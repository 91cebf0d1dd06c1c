/**
 * Below this score nothing is shown, for each embedder whose scores were measured with `bench/search-figures.ts`. Chosen with one half of
 * `examples/questions.json`: the best score of a question that the examples answer was 0.508 or more, of another 0.466 or less. In the other
 * half all of 19 questions with an answer found it, and 11 of 12 without one found nothing.
 */
const FLOORS: readonly { embedder: RegExp; floor: number }[] = [{ embedder: /^use-lite-en@/, floor: 0.49 }]

/** The floor of a vector space; 0 where it was not measured. */
export function floorOf(space: string): number {
  return FLOORS.find(({ embedder }) => embedder.test(space))?.floor ?? 0
}
