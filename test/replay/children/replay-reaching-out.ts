import { plan } from '../../../graphs/nodes/plan.ts'
import { memoisedAnalysis } from '../../../src/replay/process/memoised-analysis.ts'
import { serveReplays } from '../../../src/replay/process/serve-replays.ts'
import { graphWith } from '../../support/graph-with.ts'
import { today } from '../../support/recorded.ts'

// Replays with a graph one of whose nodes asks a server, and gets over it that it cannot.
serveReplays(
  today({
    analysis: memoisedAnalysis(),
    graph: graphWith({
      nodes: {
        async plan(state, run) {
          await Promise.resolve()
            .then(() => fetch('https://telemetry.example/plan'))
            .catch(() => undefined)
          return plan(state, run)
        },
      },
    }),
  }),
)
