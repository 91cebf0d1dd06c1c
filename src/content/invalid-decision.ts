/** One mistake in a person's answer: the path into the answer, and how to correct it. */
export interface DecisionMistake {
  path: readonly string[]
  message: string
}

/** A person's answer does not form a valid label. */
export class InvalidDecision extends Error {
  override readonly name = 'InvalidDecision'
  readonly mistakes: readonly DecisionMistake[]
  constructor(mistakes: readonly DecisionMistake[]) {
    super(mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    this.mistakes = mistakes
  }
}
