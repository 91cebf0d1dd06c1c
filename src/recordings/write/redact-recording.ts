import { Item } from '../../content/item.ts'
import type { Sha256 } from '../../content/text/hash.ts'
import { Understanding } from '../../content/understanding-schema.ts'
import type { Recording } from '../recording.ts'
import type { NamedBlobs } from '../recording-bodies.ts'
import { redactId, redactMembers, redactText, redactValue } from './redact-value.ts'
import { type Vocabulary, vocabularyOf } from './redaction-vocabulary.ts'

/**
 * A recording without its texts: transcripts, titles, descriptions, names, prompts, answers, quotes, addresses, vectors.
 * What stays is what inspection needs: nodes, tools, models, taxonomy nodes that were published, ids, shapes, lengths, times,
 * costs, and the hashes of what was left out. Everything that is not known to be harmless is left out.
 */
export function redactRecording(recording: Recording, blobs: NamedBlobs): Recording {
  const vocabulary = vocabularyOf(recording, blobs)
  const { run, item, document, derived, steps } = recording
  const texts = new Map<Sha256, string>()
  for (const [hash, json] of blobs.bodies) texts.set(hash, JSON.stringify(redactValue(JSON.parse(json), vocabulary)))
  for (const [hash, text] of blobs.texts) texts.set(hash, redactText(text))
  return {
    ...recording,
    redacted: true,
    run: { ...run, itemId: redactId(run.itemId), error: run.error === null ? null : redactText(run.error) },
    item: redactItem(item, vocabulary),
    document: document === null ? null : redactDocument(document, vocabulary),
    derived: derived.map((entry) => ({ ...entry, value: redactValue(entry.value, vocabulary) })),
    steps: steps.map((step) => (step.error === null ? step : { ...step, error: redactText(step.error) })),
    blob: (hash) => texts.get(hash),
  }
}

function redactDocument(document: Understanding, vocabulary: Vocabulary): Understanding {
  const redacted = Understanding.parse(redactValue(document, vocabulary))
  return { ...redacted, item: { ...redacted.item, id: redactId(document.item.id) } }
}

/** A language that is not an ordinary tag becomes `und`, which says that it is not known (BCP 47). */
function redactItem(item: Item, vocabulary: Vocabulary): Item {
  const { id, language, transcripts, ...rest } = item
  const tag = (given: string | undefined) =>
    given === undefined ? {} : { language: redactValue(given, vocabulary, 'language') === given ? given : 'und' }
  return Item.parse({
    ...redactMembers(rest, vocabulary),
    ...(id === undefined ? {} : { id: redactId(id) }),
    ...tag(language),
    transcripts: transcripts.map(({ language: spoken, ...source }) => ({
      ...redactMembers(source, vocabulary),
      ...tag(spoken),
    })),
  })
}
