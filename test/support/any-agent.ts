import type { ChatModel } from '../../src/models/chat-model.ts'
import type { cast } from './desk.ts'

/** One model for all agents, as `--model` makes it: it knows whom it plays by the tool that is offered for the answer. */
export function anyAgent({ model }: Pick<ReturnType<typeof cast>, 'model'>, name: string): ChatModel {
  return {
    ...model(name),
    name,
    chat(request, options) {
      const submit = request.tools.find((tool) => tool.name.startsWith('submit_'))
      return model(submit?.name.slice('submit_'.length) ?? name).chat(request, options)
    },
  }
}
