import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InvalidPrompt, promptLibrary, UnknownPrompt } from '../../../graphs/prompts/load.ts'

const FRONT = 'agent: moods\nversion: 1\ndescription: The mood.\nchanged: 2026-01-31'
const BODY = 'Say the mood. {{reading}}\n{{metadata}}\n{{candidates}}\n{{findings}}'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompts-'))
  mkdirSync(join(folder, 'moods'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (front = FRONT, body = BODY, file = 'v1.md') =>
  writeFileSync(join(folder, 'moods', file), `---\n${front}\n---\n${body}\n`)

describe('loading a prompt', () => {
  it('gives the front matter and the text', () => {
    write(`${FRONT}\nreads: [title]`)
    expect(promptLibrary(folder).load('moods/v1')).toMatchObject({
      id: 'moods/v1',
      agent: 'moods',
      version: 1,
      reads: ['title'],
      template: { text: BODY },
    })
  })

  it('gives the same for files with CRLF', () => {
    writeFileSync(join(folder, 'moods', 'v1.md'), `---\n${FRONT}\n---\n${BODY}\n`.replaceAll('\n', '\r\n'))
    expect(promptLibrary(folder).load('moods/v1').template.text).toBe(BODY)
  })

  it('lists versions by number', () => {
    for (const version of [10, 2, 1]) write(FRONT, BODY, `v${version}.md`)
    writeFileSync(join(folder, 'moods', 'notes.md'), '')
    writeFileSync(join(folder, 'hashes.json'), '{}')
    expect(promptLibrary(folder).promptVersions()).toEqual(['moods/v1', 'moods/v2', 'moods/v10'])
  })

  it.each([
    ['moods/v3', /no prompt "moods\/v3".*moods\/v1/],
    ['weather/v1', /no prompts for "weather".*moods\/v1/],
    ['../../etc/passwd', /looks like "topics\/v1".*moods\/v1/],
    ['moods/v01', /looks like/],
  ])('refuses %s as unknown, and lists what there is', (id, message) => {
    write()
    expect(() => promptLibrary(folder).load(id)).toThrow(UnknownPrompt)
    expect(() => promptLibrary(folder).load(id)).toThrow(message)
  })

  it.each([
    ['no front matter', () => writeFileSync(join(folder, 'moods', 'v1.md'), BODY), /begin with front matter/],
    ['broken YAML', () => write('agent: [moods'), /not YAML/],
    ['an unknown field', () => write(`${FRONT}\nmodel: x`), /model/],
    ['no date', () => write(FRONT.replace('2026-01-31', 'today')), /changed/],
    [
      'another version than its path',
      () => write(FRONT.replace('version: 1', 'version: 2')),
      /says moods\/v2.*moods\/v1/,
    ],
    ['an unknown place', () => write(FRONT, `${BODY} {{titel}}`), /no place called \{\{titel\}\}.*\{\{metadata\}\}/],
    ['a place too few', () => write(FRONT, BODY.replace('{{findings}}', '')), /lacks \{\{findings\}\}/],
    ['a place twice', () => write(FRONT, `${BODY} {{metadata}}`), /\{\{metadata\}\} may stand/],
  ])('refuses %s and says where', (_, make, message) => {
    make()
    expect(() => promptLibrary(folder).load('moods/v1')).toThrow(InvalidPrompt)
    expect(() => promptLibrary(folder).load('moods/v1')).toThrow(message)
    expect(() => promptLibrary(folder).load('moods/v1')).toThrow(join('moods', 'v1.md'))
  })
})
