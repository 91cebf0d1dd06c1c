import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** One server-sent event. */
export interface StreamedEvent {
  event: string
  id: string
  data: string
}

/** Reads server-sent events in pieces as they come; comments are passed over, and so is an event that is cut off by the end. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedEvent> {
  const decoder = new TextDecoder()
  const heard: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (event) => heard.push(event) })
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    for (const { event = 'message', id = '', data } of heard.splice(0)) yield { event, id, data }
  }
}

/** One comment may be late, and two be lost on the way. */
const MISSED_BEATS = 3

/**
 * Passes on what a server sends, as long as it sends anything. A server says every `beatMs` that it is still there. One that has been
 * silent for three times as long is given up.
 * @throws what `silent` makes of the time for which nothing came, in milliseconds.
 */
export async function* whileHeard(
  body: AsyncIterable<Uint8Array>,
  beatMs: number,
  silent: (ms: number) => Error,
): AsyncGenerator<Uint8Array> {
  yield* passOn(body, (next) => beforeSilence(next, beatMs, silent))
}

/** Passes values on, each as `wait` waits for it: until somebody gives up, or nothing more is to be expected. */
export async function* passOn<Value>(
  values: AsyncIterable<Value>,
  wait: <Next>(next: Promise<Next>) => Promise<Next>,
): AsyncGenerator<Value> {
  const iterator = values[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await wait(iterator.next())
      if (next.done === true) return
      yield next.value
    }
  } finally {
    // Not awaited: a read that nobody waits for any more may never end.
    void iterator.return?.()
  }
}

async function beforeSilence<Value>(
  reading: Promise<Value>,
  beatMs: number,
  silent: (ms: number) => Error,
): Promise<Value> {
  let beats: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    let missed = 0
    // Beats are counted instead of one long wait: to a machine that wakes up again, all of its sleep is one beat.
    beats = setInterval(() => {
      missed += 1
      if (missed === MISSED_BEATS) reject(silent(missed * beatMs))
    }, beatMs).unref()
  })
  try {
    return await Promise.race([reading, silence])
  } finally {
    clearInterval(beats)
  }
}
