import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../src/config.ts'

const Healthcheck = z.strictObject({
  test: z.tuple([z.literal('CMD')], z.string()),
  interval: z.string().regex(/^\d+s$/),
  timeout: z.string().regex(/^\d+s$/),
  retries: z.int().min(1),
  start_period: z.string().regex(/^\d+s$/),
})
const ServiceForm = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  init: z.boolean().optional(),
  restart: z.enum(['unless-stopped']),
  stop_grace_period: z.string().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  healthcheck: Healthcheck,
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).optional(),
})
const Compose = z.strictObject({
  services: z.strictObject({ linernotes: ServiceForm, qdrant: ServiceForm }),
  volumes: z.record(z.string(), z.null()),
})

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const compose = Compose.parse(parse(read('docker-compose.yml')))
const { linernotes, qdrant } = compose.services
const dockerfile = read('Dockerfile')
const manifest = z
  .looseObject({ bin: z.looseObject({ linernotes: z.string() }) })
  .parse(JSON.parse(read('package.json')))

/** `${NAME:-fallback}` where NAME is not set. */
const filled = (value: string) => value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')

describe('docker-compose.yml', () => {
  it('pins every image to a version', () => {
    for (const { image } of [linernotes, qdrant]) expect(image).toMatch(/^[\w/-]+:v?\d+\.\d+\.\d+$/)
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)
    expect(bases).toHaveLength(2)
    for (const base of bases) expect(base).toMatch(/^node:\d+\.\d+\.\d+-/)
    expect(qdrant.image).toBe('qdrant/qdrant:v1.18.3')
  })

  it('publishes one port, for this machine alone', () => {
    expect(linernotes.ports).toEqual([`127.0.0.1:${linernotes.environment.PORT}:${linernotes.environment.PORT}`])
    expect(qdrant.ports).toBeUndefined()
  })

  it('keeps data in named volumes that it declares', () => {
    const mounted = [...linernotes.volumes, ...qdrant.volumes].map((mount) => mount.split(':'))
    expect(mounted.map(([name]) => name).sort()).toEqual(Object.keys(compose.volumes).sort())
    expect(linernotes.volumes).toEqual([`linernotes-data:${linernotes.environment.LINERNOTES_DATA_DIR}`])
    expect(qdrant.volumes).toEqual(['qdrant-storage:/qdrant/storage'])
  })

  it('starts the command that the package names, as the image does', () => {
    const command = ['node', manifest.bin.linernotes, 'serve']
    expect(linernotes.command).toEqual(command)
    expect(JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '')).toEqual(command)
  })

  it('sets variables that exist, to values that can be read', () => {
    const environment = Object.fromEntries(
      Object.entries(linernotes.environment).map(([name, value]) => [name, filled(value)]),
    )
    expect(readConfig(environment)).toMatchObject({
      LINERNOTES_HOST: '0.0.0.0',
      LINERNOTES_ALLOW_NO_KEYS: true,
      QDRANT_URL: 'http://qdrant:6333',
    })
  })

  it('asks each service for its health, linernotes at the port that it listens on', () => {
    expect(linernotes.healthcheck.test.join(' ')).toContain(`127.0.0.1:${linernotes.environment.PORT}/health/ready`)
    expect(qdrant.healthcheck.test.join(' ')).toContain('/readyz')
  })

  it('starts though Qdrant is not healthy', () =>
    expect(linernotes.depends_on).toEqual({ qdrant: { condition: 'service_started' } }))

  it('does not run as root, and copies what the program reads', () => {
    expect(dockerfile).toMatch(/^USER node$/m)
    for (const part of ['dist', 'prompts', 'node_modules', 'package.json'])
      expect(dockerfile).toMatch(new RegExp(`^COPY --from=build /app/${part} `, 'm'))
  })
})
