import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'

const KEY = 'linernotes: attempts of a replay to leave its process'
const MOST_BYTES = 2048

// The first attempt is noted in memory that all threads of the process share. A worker gets this memory from the thread that starts it.
const memory = sharedMemory()
/** 0: nothing yet. -1: being written. Otherwise the length of the note. */
const state = new Int32Array(memory, 0, 1)
const note = new Uint8Array(memory, 4)

function sharedMemory(): SharedArrayBuffer {
  const inherited: unknown = getEnvironmentData(KEY)
  if (inherited instanceof SharedArrayBuffer) return inherited
  const made = new SharedArrayBuffer(4 + MOST_BYTES)
  setEnvironmentData(KEY, made)
  return made
}

/** Remembers an attempt. Only the first is kept. */
export function noteAttempt(what: string): void {
  if (Atomics.compareExchange(state, 0, 0, -1) !== 0) return
  const bytes = new TextEncoder().encode(what).subarray(0, MOST_BYTES)
  note.set(bytes)
  Atomics.store(state, 0, bytes.length)
}

/** The first attempt in any thread since the last reset. Null if there was none. */
export function notedAttempt(): string | null {
  const length = Atomics.load(state, 0)
  return length <= 0 ? null : new TextDecoder().decode(Uint8Array.from(note.subarray(0, length)))
}

export function forgetAttempt(): void {
  Atomics.store(state, 0, 0)
}
