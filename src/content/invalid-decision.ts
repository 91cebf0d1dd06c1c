/** One thing that is wrong in a person's answer: where, as the path into the answer, and what to do about it. */
export interface DecisionMistake {
  path: readonly string[]
  message: string
}

/** A person's answer does not make a label. */
export class InvalidDecision extends Error {
  override readonly name = 'InvalidDecision'
  readonly mistakes: readonly DecisionMistake[]
  constructor(mistakes: readonly DecisionMistake[]) {
    super(mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
    this.mistakes = mistakes
  }
}
