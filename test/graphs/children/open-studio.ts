import { close, graph } from '../../../graphs/studio.ts'

/** Runs the graph once as a process of its own, and prints how it ended. */
const state = await (await graph()).invoke({})
console.log(JSON.stringify(state.published))
await close()
