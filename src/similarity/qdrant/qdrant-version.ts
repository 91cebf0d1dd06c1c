import { z } from 'zod'

/** What `GET /` answers, as far as it is used. */
export const Version = z.object({ version: z.string() })

/** The minor version of Qdrant 1 that this adapter was tested against; a neighbour on either side is expected to do. */
const TESTED_MINOR = 18

/** What may not work with this server, for people to read. The client's own check only prints, and only with a reachable server. */
export function qdrantWarnings(server: { version: string; url: string; hasKey: boolean }): string[] {
  const warnings: string[] = []
  const [major, minor] = server.version.split('.').map(Number)
  if (major !== 1 || minor === undefined || !(Math.abs(minor - TESTED_MINOR) <= 1))
    warnings.push(
      `tested with Qdrant 1.${TESTED_MINOR}, this is ${server.version}: expect refused requests, or upgrade`,
    )
  const { protocol, hostname } = new URL(server.url)
  if (server.hasKey && protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
    warnings.push(
      'QDRANT_API_KEY travels unencrypted: use https in QDRANT_URL, or keep the server in a private network',
    )
  return warnings
}
