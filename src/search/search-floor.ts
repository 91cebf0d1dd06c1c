/**
 * Nothing below this score is shown. There is one floor for each embedder whose scores were measured with `bench/search-figures.ts`. It
 * was chosen with one half of `examples/questions.json`: the best score was 0.508 or more for a question that the examples answer, and
 * 0.466 or less for any other. In the other half, all 19 questions with an answer found it, and 11 of 12 without an answer found nothing.
 */
const FLOORS: readonly { embedder: RegExp; floor: number }[] = [{ embedder: /^use-lite-en@/, floor: 0.49 }]

/** The floor of a vector space. 0 if it was not measured. */
export function floorOf(space: string): number {
  return FLOORS.find(({ embedder }) => embedder.test(space))?.floor ?? 0
}
