/**
 * Arrows point down, level by level. A folder may import what stands on its own level and below.
 * `compose.ts`, with `assemble-service.ts`, alone constructs adapters and knows everyone; only entry points know it. `service.ts` says what comes of it.
 */
const LEVELS = [
  ['src/content', 'src/threads', 'src/waiting'],
  ['src/ingest', 'src/taxonomy', 'src/models', 'src/signals', 'src/similarity', 'src/ledger'],
  ['src/database'],
  ['src/recordings'],
  ['tools'],
  ['graphs'],
  ['src/trace'],
  ['src/runs'],
  ['src/replay', 'src/indexing', 'src/search'],
  ['src/doctor'],
  ['src/http'],
  ['src/cli'],
]
/** From this level on, a folder may read settings and name the type of the composed service. */
const FACES = ['src/doctor', 'src/http', 'src/cli']
const ENTRY_POINTS = '^(src/cli/|graphs/studio\\.ts$)'
const ABOVE_DATABASE = '^(tools|graphs|src/(recordings|runs|replay|trace|indexing|search|http))/'
/** What the database shows to those above it: shapes, repositories and errors. */
const DATABASE_SHAPES = 'records|repositories|run-repository|paging|database-errors'
const path = (folder) => `^${folder}[/.]`

/** One rule a folder, named for it, so that a violation says whose arrow points the wrong way. */
const levels = LEVELS.flatMap((folders, level) =>
  folders.map((folder) => {
    const allowed = [
      ...LEVELS.slice(0, level + 1).flat(),
      ...(FACES.includes(folder) ? ['src/config', 'src/service', 'src/compose'] : []),
    ]
    return {
      name: `level:${folder}`,
      comment: `${folder} may import ${allowed.join(', ')}.`,
      severity: 'error',
      from: { path: path(folder), pathNot: '^graphs/studio\\.ts$' },
      to: { path: '^(src|graphs|tools|prompts)/', pathNot: allowed.map(path) },
    }
  }),
)

export default {
  forbidden: [
    ...levels,
    {
      name: 'no-cycles',
      comment: 'Files that need each other cannot be read, tested or replaced alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-entry-points-compose',
      comment: 'A service is handed down. Only entry points make one, and only compose.ts assembles it.',
      severity: 'error',
      from: { pathNot: ENTRY_POINTS },
      to: { path: '^src/compose\\.ts$' },
    },
    {
      name: 'only-compose-assembles',
      comment:
        'assemble-service.ts is the second half of compose.ts, which starts what takes long before it loads the rest.',
      severity: 'error',
      from: { pathNot: '^src/compose\\.ts$' },
      to: { path: '^src/assemble-service\\.ts$' },
    },
    {
      name: 'only-compose-constructs',
      comment: 'compose.ts makes the adapters. All others get the port that they need.',
      severity: 'error',
      // A replay runs in a process of its own. That process is an entry point: no service can be handed to it.
      from: {
        path: '^(graphs|tools|src/(?!(cli|models|similarity|ingest|signals)/))',
        pathNot: ['^src/(compose|assemble-service)\\.ts$', '^src/replay/process/replay-child\\.ts$'],
      },
      to: {
        path: [
          '^src/models/(openai|use-lite)/',
          '^src/models/extractive/extractive-model\\.ts$',
          '^src/similarity/(pgvector|qdrant)/',
          '^src/ingest/fetch/guarded-fetcher\\.ts$',
          '^src/signals/analysis-(pool|worker)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'cli-constructs-what-needs-no-folder',
      comment: 'Reading a named file and asking a taxonomy need no service. Everything else comes from compose.ts.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: [
          '^src/models/openai/',
          '^src/models/extractive/extractive-model\\.ts$',
          '^src/similarity/(pgvector|qdrant)/',
          '^src/signals/analysis-(pool|worker)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'database-by-its-shapes',
      comment: 'Those above the database know records, repositories and errors. Statements stay in the database.',
      severity: 'error',
      from: { path: ABOVE_DATABASE },
      to: { path: '^src/database/', pathNot: `^src/database/(${DATABASE_SHAPES})\\.ts$` },
    },
    {
      name: 'cli-opens-folders-only',
      comment: 'A command takes the lock of a data folder before the service opens it. It writes no statements.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/database/', pathNot: `^src/database/((${DATABASE_SHAPES})\\.ts$|folder/)` },
    },
    {
      name: 'database-by-type',
      comment: 'Below the faces, those above the database get repositories. Of the database they may name types.',
      severity: 'error',
      from: { path: ABOVE_DATABASE, pathNot: '^src/http/' },
      to: { path: '^src/database/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-database-driver-outside',
      comment: 'One folder speaks SQL, and the similarity index that lives in the same database.',
      severity: 'error',
      from: {
        path: '^(src|graphs|tools)/',
        pathNot: '^src/(database/|similarity/pgvector/|(compose|assemble-service)\\.ts$)',
      },
      to: { path: 'node_modules/(pg|kysely|@electric-sql)/' },
    },
    {
      name: 'langchain-behind-the-port',
      comment: 'Agents speak plain JSON with a chat port. LangChain messages stay in the adapter.',
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
