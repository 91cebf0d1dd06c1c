import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { ItemInput } from '../src/content/item.ts'
import { hourOfSpeech } from './hour-text.ts'

const TRANSCRIPTS = new Set(['.md', '.txt', '.vtt', '.srt', '.json', '.html'])
/** Talks of a folder that are measured: the longest ones. */
const MOST = 5

/** The longest transcripts below a folder, one item each; without a folder, a generated hour of speech. */
export function talks(folder: string | undefined): ItemInput[] {
  if (folder === undefined) return [itemOf('an hour of speech', hourOfSpeech('of the bench'))]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TRANSCRIPTS.has(extname(entry.name)) && !/^(readme|license)/i.test(entry.name))
    .map(({ parentPath, name }) => itemOf(basename(name), readFileSync(join(parentPath, name), 'utf8')))
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .slice(0, MOST)
}

function itemOf(title: string, text: string): ItemInput {
  return { id: `bench ${title}`, kind: 'talk', title, language: 'en', transcripts: [{ text }] }
}

const lengthOf = ({ transcripts }: ItemInput): number => transcripts?.[0]?.text?.length ?? 0
export const wordsOf = ({ transcripts }: ItemInput): number => transcripts?.[0]?.text?.split(/\s+/).length ?? 0
