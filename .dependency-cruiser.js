/**
 * Arrows point down only:
 *
 *   cli, http -> runs -> graphs -> tools -> models, signals, similarity, taxonomy, ingest, ledger -> content, threads
 *
 * `compose.ts` is the only file that constructs adapters and knows everyone; only entry points know it.
 * `database` stands beside this: what is above it knows its shapes and its errors, and never its code.
 */

/** What each folder may import beside itself and packages. Only what is listed; everything else is an error. */
const MAY_IMPORT = {
  'src/content': [],
  'src/ledger': ['src/content'],
  'src/similarity': ['src/content'],
  'src/ingest': ['src/content'],
  'src/taxonomy': ['src/content', 'src/models'],
  'src/threads': [],
  // The embedded engine answers from measured signals; signals need vectors of the embedder.
  'src/models': ['src/content', 'src/threads', 'src/signals'],
  'src/signals': ['src/content', 'src/threads', 'src/models', 'src/taxonomy'],
  'src/database': ['src/content', 'src/threads', 'src/ledger'],
}
const BELOW_TOOLS = [
  'src/content',
  'src/threads',
  'src/ledger',
  'src/similarity',
  'src/ingest',
  'src/taxonomy',
  'src/models',
  'src/signals',
]
MAY_IMPORT.tools = BELOW_TOOLS
MAY_IMPORT.graphs = [...BELOW_TOOLS, 'tools', 'src/database']
MAY_IMPORT['src/recordings'] = ['src/content', 'src/ledger', 'src/database']
MAY_IMPORT['src/runs'] = [...BELOW_TOOLS, 'graphs', 'src/recordings', 'src/database']
MAY_IMPORT['src/doctor'] = ['src/config', 'src/compose']
MAY_IMPORT['src/http'] = [
  ...BELOW_TOOLS,
  'src/runs',
  'src/doctor',
  'src/recordings',
  'src/database',
  'src/config',
  'src/compose',
]
MAY_IMPORT['src/cli'] = [
  ...BELOW_TOOLS,
  'src/runs',
  'src/doctor',
  'src/recordings',
  'src/http',
  'src/database',
  'src/config',
  'src/compose',
]

const ENTRY_POINTS = '^(src/cli/|graphs/studio\\.ts$)'
const path = (folder) => `^${folder}[/.]`

/** One rule a folder, named for it, so that a violation says whose arrow points the wrong way. */
const layers = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `layer:${folder}`,
  comment: `${folder} may import ${['itself', ...allowed].join(', ')}.`,
  severity: 'error',
  from: { path: path(folder), pathNot: '^graphs/studio\\.ts$' },
  to: { path: '^(src|graphs|tools|prompts|test|bench|scripts)/', pathNot: [folder, ...allowed].map(path) },
}))

export default {
  forbidden: [
    ...layers,
    {
      name: 'no-cycles',
      comment: 'Files that need each other cannot be read, tested or replaced alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-entry-points-compose',
      comment: 'A service is handed down; only entry points make one. Its type may be named by the faces.',
      severity: 'error',
      from: { pathNot: ENTRY_POINTS },
      to: { path: '^src/compose\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-compose-constructs',
      comment: 'Adapters are made in compose.ts; all others get the port that they need.',
      severity: 'error',
      // The process of a replay is an entry of its own: it has no service to be given anything by.
      from: { path: '^(graphs|tools|src/(runs|http))/', pathNot: '^src/runs/replay/child\\.ts$' },
      to: {
        path: [
          '^src/models/(openai[^/]*|use-lite/.*|extractive/extractive)\\.ts$',
          '^src/similarity/(pgvector|qdrant)[^/]*\\.ts$',
          '^src/ingest/guarded-fetcher\\.ts$',
          '^src/signals/analysis-(pool|worker)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'cli-constructs-what-needs-no-folder',
      comment:
        'Reading what the user names and asking a taxonomy need no service; everything else comes from compose.ts.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: [
          '^src/models/(openai[^/]*|extractive/extractive)\\.ts$',
          '^src/similarity/(pgvector|qdrant)[^/]*\\.ts$',
          '^src/signals/analysis-(pool|worker)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'database-by-its-shapes',
      comment: 'Graph, runs and faces know records, repositories and errors. Statements stay in the database.',
      severity: 'error',
      from: { path: '^(graphs|src/(recordings|runs|http))/' },
      to: {
        path: '^src/database/',
        pathNot: '^src/database/(records|repositories|run-repository|paging|errors)\\.ts$',
      },
    },
    {
      name: 'cli-opens-folders-only',
      comment: 'A command takes the lock of a data folder before the service opens it; it writes no statements.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/database/',
        pathNot: '^src/database/(records|repositories|run-repository|paging|errors|lock|folder)\\.ts$',
      },
    },
    {
      name: 'graph-and-runs-know-no-database-code',
      comment: 'They get repositories; of the database they may name types.',
      severity: 'error',
      from: { path: '^(graphs|src/(recordings|runs))/' },
      to: { path: '^src/database/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-database-driver-outside',
      comment: 'One folder speaks SQL, and the similarity index that lives in the same database.',
      severity: 'error',
      from: { path: '^(src|graphs|tools)/', pathNot: '^src/(database/|similarity/pgvector|compose\\.ts$)' },
      to: { path: 'node_modules/(pg|kysely|@electric-sql)/' },
    },
    {
      name: 'langchain-behind-the-port',
      comment: 'Agents speak plain JSON with a chat port; LangChain messages stay in the adapter.',
      severity: 'error',
      from: { path: '^(src|graphs|tools)/', pathNot: '^src/models/' },
      to: { path: 'node_modules/@langchain/(core|openai)/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(src|graphs|tools)/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-development-package-in-the-product',
      severity: 'error',
      from: { path: '^(src|graphs|tools)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is left over.',
      severity: 'error',
      from: { orphan: true, path: '^(src|graphs|tools)/', pathNot: '^src/http/assets/' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
