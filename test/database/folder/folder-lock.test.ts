import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DatabaseError } from '../../../src/database/database-errors.ts'
import { acquireLock, type FolderLock } from '../../../src/database/folder/folder-lock.ts'
import { type LockRecord, takeNumber } from '../../../src/database/folder/lock-file.ts'
import { thisProcess } from '../../../src/database/folder/lock-owner.ts'
import { startChild } from '../child.ts'

let dataDir: string
const held: FolderLock[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'linernotes-lock-'))
})
afterEach(() => {
  for (const lock of held.splice(0)) lock.release()
  rmSync(dataDir, { recursive: true, force: true })
})

async function own(waitMs = 0): Promise<FolderLock> {
  const result = await acquireLock(dataDir, { waitMs })
  if (result.kind !== 'owned') throw new Error(`expected to own the lock, it is ${result.kind}`)
  held.push(result.lock)
  return result.lock
}

/** A lock in the state in which another process left it. */
function leave(change: Partial<LockRecord>, number: number): string {
  const folder = join(dataDir, 'lock')
  const record = { ...thisProcess(), url: null, token: 'secret', released: false, ...change }
  takeNumber(folder, number, record)
  return join(folder, `${String(number).padStart(10, '0')}.json`)
}

describe('the lock of a data folder', () => {
  it('is readable by its owner only, and is free again after its release', async () => {
    const lock = await own()
    const folder = join(dataDir, 'lock')
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    await expect(own()).rejects.toThrow(DatabaseError)
    lock.release()
    lock.release()
    await own()
  })

  it('cannot be taken while another process holds it, and the message names the owner and says what to do', async () => {
    await own()
    await expect(own()).rejects.toMatchObject({
      trouble: 'locked',
      message: expect.stringMatching(new RegExp(`in use by process ${process.pid};.*LINERNOTES_DATA_DIR`)),
    })
  })

  it('sends others to the server that holds it, with the token, until the server does not listen any more', async () => {
    const lock = await own()
    lock.updateLock('http://127.0.0.1:8087')
    expect(await acquireLock(dataDir)).toEqual({ kind: 'served', url: 'http://127.0.0.1:8087', token: lock.token })
    lock.updateLock(null)
    await expect(own()).rejects.toThrow('in use')
  })

  it('is waited for if its owner is not a server', async () => {
    const lock = await own()
    const waiting = own(5000)
    lock.release()
    await waiting
  })

  it('is not waited for any longer when the caller aborts', async () => {
    await own()
    const waiting = acquireLock(dataDir, { waitMs: 60_000, signal: AbortSignal.abort(new Error('enough')) })
    await expect(waiting).rejects.toThrow('enough')
  })

  it.each([
    ['has released it', { released: true }],
    ['is gone', { pid: 2 ** 22 + 1, startTime: null }],
    ['has given its pid to a later process', { startTime: 'long ago' }],
  ])('is taken at once when its owner %s', async (_, change) => {
    ;(await own()).release()
    leave(change, 2)
    await own()
  })

  it('is not taken from an owner that cannot be seen from here while it gives signs of life', async () => {
    ;(await own()).release()
    const path = leave({ place: 'another machine', pid: 1 }, 2)
    await expect(own()).rejects.toThrow('in use by process 1')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(path, longAgo, longAgo)
    await own()
  })

  it.skipIf(!existsSync('/proc/self/stat'))(
    'is free when its owner is dead, whether or not somebody asked how the owner ended',
    async () => {
      // The shell starts a command and then becomes another one, which never asks how the first ended. PID 1 of a container may do this.
      const untilItIsOne = 'until grep -q cat /proc/$PPID/comm; do :; done'
      const parent = spawn('sh', ['-c', `sh -c '${untilItIsOne}' & echo $!; exec cat`], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const [line] = await once(parent.stdout, 'data')
      const pid = Number(String(line))
      const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      await vi.waitFor(() => expect(stat()[0]).toBe('Z'))
      ;(await own()).release()
      leave({ pid, startTime: stat()[19] ?? null }, 2)
      await own()
      parent.stdin.end()
      await once(parent, 'exit')
    },
  )

  it('can be taken although a lock file is empty, as a dying owner may leave it', async () => {
    ;(await own()).release()
    const path = join(dataDir, 'lock', '0000000002.json')
    writeFileSync(path, '')
    await expect(own()).rejects.toThrow('in use by another process')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(path, longAgo, longAgo)
    await own()
  })

  it('does not let a slow reader take a number that later owners have passed', async () => {
    ;(await own()).release()
    leave({ token: 'later' }, 40)
    const record = { ...thisProcess(), url: null, token: 'slow', released: false }
    expect(takeNumber(join(dataDir, 'lock'), 7, record)).toBe(false)
    expect(readdirSync(join(dataDir, 'lock'))).not.toContain('0000000007.json')
  })

  it('does not keep files for ever', async () => {
    for (let n = 0; n < 60; n++) (await own()).release()
    expect(readdirSync(join(dataDir, 'lock')).length).toBeLessThan(25)
  })
})

describe('the lock between processes', () => {
  it('is taken by exactly one of several processes that start at once after the owner died', async () => {
    const dead = startChild('hold-lock.ts', [dataDir])
    expect(await dead.line()).toBe('owned')
    await dead.kill()
    const children = Array.from({ length: 5 }, () => startChild('hold-lock.ts', [dataDir, '0']))
    const lines = await Promise.all(children.map((child) => child.line()))
    expect(lines.filter((line) => line === 'owned')).toHaveLength(1)
    await Promise.all(children.map((child) => child.end()))
    await own()
  })

  it('is free when its owner has exited, and leads to the server while its owner serves', async () => {
    const server = startChild('hold-lock.ts', [dataDir, '0', 'http://127.0.0.1:1'])
    expect(await server.line()).toBe('owned')
    expect(await acquireLock(dataDir)).toMatchObject({ kind: 'served', url: 'http://127.0.0.1:1' })
    await server.end()
    await own()
  })
})
