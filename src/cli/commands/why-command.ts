import { withClient } from '../service/with-client.ts'
import { EXIT } from '../terminal/exit-code.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { print } from '../terminal/write-output.ts'

export interface WhyOptions {
  version?: number | undefined
  json?: boolean | undefined
  debug?: boolean | undefined
}

/** `why <item> <pointer>`: from a published label back to what the model saw, in plain sentences. */
export function why(itemId: string, pointer: string, options: WhyOptions, terminal: Terminal): Promise<number> {
  return withClient(terminal, options, async ({ client }) => {
    const found = await client.why(itemId, pointer, options.version)
    const { whyText } = await import('../render/render-why.ts')
    print(found, { json: options.json, terminal }, () => whyText(found, terminal))
    return EXIT.done
  })
}
