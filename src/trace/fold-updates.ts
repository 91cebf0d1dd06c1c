import { State } from '../../graphs/state.ts'
import type { StateValue } from './recorded-state.ts'

const channels = new Map(Object.entries(State.getChannels()))

/** The state that every run begins with. */
export function initialState(): StateValue {
  return Object.fromEntries([...channels].map(([name, channel]) => [name, channel.fromCheckpoint().get()]))
}

/**
 * The state after an update, by the graph's own channels and their reducers. Members that today's graph does not know, of an
 * older run, are taken as they come.
 */
export function foldUpdate(before: StateValue, update: StateValue): StateValue {
  const after = new Map(Object.entries(before))
  for (const [name, value] of Object.entries(update)) {
    const channel = channels.get(name)?.fromCheckpoint(after.get(name))
    channel?.update([value])
    after.set(name, channel === undefined ? value : channel.get())
  }
  return Object.fromEntries(after)
}
