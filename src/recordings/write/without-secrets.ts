import { keepable, withKeepableUrls } from '../../content/signed-url.ts'
import type { Understanding } from '../../content/understanding-schema.ts'
import type { Step } from '../../ledger/exchange.ts'

/** A document as an item without secrets leads to it. */
export function documentWithoutSecrets(document: Understanding): Understanding {
  const { timeline } = document
  if (timeline.audioUrl === null) return document
  return { ...document, timeline: { ...timeline, audioUrl: keepable(timeline.audioUrl) } }
}

/** Messages of errors may name addresses. */
export function stepWithoutSecrets(step: Step): Step {
  return step.error === null ? step : { ...step, error: withKeepableUrls(step.error) }
}
