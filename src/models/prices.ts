import { z } from 'zod'
import type { ChatAnswer } from './chat-model.ts'

const UsdPerMTok = z.number().min(0)

/** An operator's prices in US dollars, with their date. */
export const PriceTable = z.strictObject({
  asOf: z.iso.date(),
  models: z.record(
    z.string(),
    z.strictObject({
      inputPerMTok: UsdPerMTok,
      /** The price of input from a prefix cache; default `inputPerMTok`. */
      cachedInputPerMTok: UsdPerMTok.optional(),
      outputPerMTok: UsdPerMTok,
    }),
  ),
})
export type PriceTable = z.infer<typeof PriceTable>

/**
 * The cost of tokens in US dollars; `null` if the table has no price for the model. `usage.cached` is a part of
 * `usage.input`.
 * @param model the name as in `ChatModel.name` or as in the table, with or without the engine before the colon.
 */
export function costUsd(table: PriceTable | null, model: string, usage: ChatAnswer['usage']): number | null {
  if (isFree(model)) return 0
  const price = priceOf(table, model)
  if (!price) return null
  const cached = Math.min(usage.cached, usage.input)
  const cachedPrice = price.cachedInputPerMTok ?? price.inputPerMTok
  const perMillion =
    (usage.input - cached) * price.inputPerMTok + cached * cachedPrice + usage.output * price.outputPerMTok
  return perMillion / 1_000_000
}

/** `extractive` runs in this process. */
function isFree(model: string): boolean {
  return model === 'extractive' || model.startsWith('extractive/')
}

function priceOf(table: PriceTable | null, model: string): PriceTable['models'][string] | undefined {
  if (!table) return undefined
  const bare = model.slice(model.indexOf(':') + 1)
  for (const name of [model, bare]) if (Object.hasOwn(table.models, name)) return table.models[name]
  return undefined
}
