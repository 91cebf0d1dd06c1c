import { expect, test } from 'vitest'
import { readable, withoutMarks } from '../../../src/signals/reading/transcriber-marks.ts'

test.each([
  '{vocalsound}',
  '{disfmarker}',
  '[inaudible]',
  '[Inaudible.]',
  '[inaudible 00:12:03]',
  '[00:04:10]',
  '(laughs)',
  '(laughter and applause)',
  '[background music]',
  '*sighs*',
  '<unk>',
  '</i>',
  '♪♪',
  '[Gelächter]',
])('%s is a mark', (mark) => {
  const text = `The kite ${mark} rose.`
  expect(withoutMarks(text)).toBe(`The kite ${' '.repeat(mark.length)} rose.`)
})

test.each([
  'the tail [of the first kite]',
  'a kite (made of paper)',
  'if a < b and c > d',
  'f(sound, pause)',
  'a pause and a gap',
  '2 * 3 * 4',
])('"%s" has words that were said, and no mark', (text) => {
  expect(withoutMarks(text)).toBe(text)
})

test('readable text has closed-up punctuation and contractions, and no marks', () => {
  expect(readable('I {disfmarker} I \'m sure , you do n\'t " fly " an L_C_D_ kite [laughs] .')).toBe(
    'I I\'m sure, you don\'t "fly" an LCD kite.',
  )
  expect(readable("She said: 'tis fine.\nIs it?")).toBe("She said: 'tis fine. Is it?")
})
