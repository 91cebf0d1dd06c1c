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
