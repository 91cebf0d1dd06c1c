import { Duplex } from 'node:stream'

type Done = (error?: Error | null) => void

/**
 * The embedded engine as the driver's socket. The driver corks the messages of a statement, so they arrive together. They go to the engine
 * as one packet, and its answer comes back as one.
 */
export class EngineStream extends Duplex {
  readonly #send: (packet: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

  constructor(send: (packet: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) {
    super()
    this.#send = send
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: Done): void {
    this.#exchange([chunk], done)
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: Done): void {
    this.#exchange(
      chunks.map(({ chunk }) => chunk),
      done,
    )
  }

  /** Answers are pushed when they come. */
  override _read(): void {}

  /** The other side hangs up too. The driver waits for this when it gives up a connection that is in use. */
  override _final(done: Done): void {
    this.push(null)
    done()
  }

  #exchange(messages: Uint8Array[], done: Done): void {
    this.#send(inOne(messages)).then(
      (answer) => {
        if (answer.length > 0) this.push(answer)
        done()
      },
      (error: Error) => done(error),
    )
  }

  // These are what else the driver calls on a socket.
  connect(): this {
    process.nextTick(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
}

/** Joins messages in memory of their own, which can be handed over to another thread. */
function inOne(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const packet = new Uint8Array(messages.reduce((length, message) => length + message.length, 0))
  let at = 0
  for (const message of messages) {
    packet.set(message, at)
    at += message.length
  }
  return packet
}
