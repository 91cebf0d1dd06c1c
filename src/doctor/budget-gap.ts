/** Names the models that a budget in dollars does not limit; null if it limits all configured models. */
export function budgetGap(unpriced: readonly string[]): string | null {
  if (unpriced.length === 0) return null
  return `LINERNOTES_BUDGET_USD does not limit what ${unpriced.join(', ')} ${unpriced.length === 1 ? 'costs' : 'cost'}: no price is known`
}

export const CLOSE_GAP =
  'add prices to the file of LINERNOTES_PRICES, or set LINERNOTES_BUDGET_TOKENS, which needs none'
