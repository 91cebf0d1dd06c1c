import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../src/database/engine/connection.ts'
import { createPgvectorEngine } from '../../../src/similarity/pgvector/pgvector-index.ts'
import { pgvectorSchema } from '../../../src/similarity/pgvector/pgvector-schema.ts'
import {
  DimensionMismatch,
  MissingCollection,
  SimilarityUnauthorised,
  SimilarityUnavailable,
} from '../../../src/similarity/similarity-index.ts'
import { point, put, similarityContract } from '../../contracts/similarity.ts'
import { openMemory } from '../../database/open-memory.ts'

similarityContract('pgvector in PGlite', async () => {
  const pool = await openMemory()
  const engine = createPgvectorEngine({ pool })
  const dispose = async () => {
    await engine.close()
    await pool.close()
  }
  return { engine, dispose }
})

describe('pgvector: when the database is not as it should be', () => {
  const failing = (error: Error) => createPgvectorEngine({ pool: { query: () => Promise.reject(error) } })
  let pool: Database
  beforeAll(async () => {
    pool = await openMemory()
  })
  afterAll(() => pool.close())
  const coded = (code: string) => Object.assign(new Error(`failed with ${code}`), { code })

  it.each([
    ['ECONNREFUSED', SimilarityUnavailable],
    ['57P03', SimilarityUnavailable],
    ['08006', SimilarityUnavailable],
    ['28P01', SimilarityUnauthorised],
    ['42501', SimilarityUnauthorised],
    ['42P01', MissingCollection],
  ])('names %s', async (code, expected) => {
    const engine = failing(coded(code))
    const query = { space: 's@1', vector: [1], limit: 1, level: 'item' } as const
    await expect(engine.ping()).rejects.toBeInstanceOf(expected)
    await expect(engine.for('t').nearest(query)).rejects.toBeInstanceOf(expected)
    await expect(put(engine.for('t'), [point('a', [1])])).rejects.toBeInstanceOf(expected)
    await expect(engine.for('t').remove('a')).rejects.toBeInstanceOf(expected)
  })

  it('lets errors through that it does not know', async () => {
    await expect(failing(coded('22012')).ping()).rejects.toThrow('failed with 22012')
  })

  it('says to migrate where the tables are missing, and works after the migration', async () => {
    const engine = createPgvectorEngine({ pool })
    await pool.query('drop table similarity_points, similarity_spaces')
    await expect(engine.ping()).rejects.toThrow(/run the database migrations/)
    for (const statement of pgvectorSchema.statements) await pool.query(statement)
    await put(engine.for('t'), [point('a', [1, 0])])
    expect((await engine.ping()).warnings).toEqual([])

    // Another process was first with a dimension: this one has not seen it yet, and the batch is half right.
    await pool.query(`insert into similarity_spaces (space, dimension) values ('late@1', 2)`)
    let hidden = true
    const blind = createPgvectorEngine({
      pool: {
        query(sql, params) {
          if (!sql.startsWith('select dimension') || !hidden) return pool.query(sql, params)
          hidden = false
          return Promise.resolve({ rows: [] })
        },
      },
    })
    await expect(put(blind.for('t'), [point('b', [1, 0, 0], { space: 'late@1' })])).rejects.toThrow(DimensionMismatch)
    expect((await pool.query(`select 1 from similarity_points where space = 'late@1'`)).rows).toEqual([])
  })

  it('stays usable after a statement with parameters failed, for those who wait as well', async () => {
    const asked = [
      pool.query('select 1 / $1::int', [0]),
      ...[1, 2, 3].map((n) => pool.query('select $1::int as n', [n])),
    ]
    const [failed, ...answered] = await Promise.allSettled(asked)
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } })
    expect(answered).toMatchObject([1, 2, 3].map((n) => ({ value: { rows: [{ n }] } })))
  })
})
