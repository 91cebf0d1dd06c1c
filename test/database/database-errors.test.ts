import { describe, expect, it } from 'vitest'
import { DatabaseError, explainDatabaseError } from '../../src/database/database-errors.ts'

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code })

describe('what an error of the engine or the file system means', () => {
  it.each([
    [withCode('53100', 'could not extend file "base/5/16390": No space left on device'), 'disk-full'],
    [withCode('ENOSPC'), 'disk-full'],
    // Emscripten throws this: it is not an Error, and it has only WASI's number.
    [{ name: 'ErrnoError', errno: 51 }, 'disk-full'],
    [withCode('EROFS'), 'read-only'],
    [withCode('EACCES'), 'read-only'],
    [{ name: 'ErrnoError', errno: 2 }, 'read-only'],
    [new Error('PGlite is closed'), 'unavailable'],
    [new Error('unreachable'), 'unavailable'],
    [withCode('57P01'), 'unavailable'],
  ])('%o', (error, trouble) => {
    const explained = explainDatabaseError(error, '/data')
    expect(explained).toBeInstanceOf(DatabaseError)
    expect(explained).toMatchObject({
      trouble,
      cause: error,
      message: expect.stringMatching(/^[^\n]*\/data[^\n]*[;:][^\n]*$/),
    })
  })

  it.each([withCode('23505'), withCode('42P01'), new Error('boom'), 'a string', null, { errno: 51 }])(
    'leaves %o as it is',
    (error) => {
      expect(explainDatabaseError(error, '/data')).toBe(error)
    },
  )

  it('is not explained twice', () => {
    const explained = explainDatabaseError(withCode('ENOSPC'), '/data')
    expect(explainDatabaseError(explained, '/elsewhere')).toBe(explained)
  })
})
