import { describe, expect, it } from 'vitest'
import { countWords } from '../../../src/content/text/count-words.ts'
import { sentences } from '../../../src/content/text/sentences.ts'
import { rolesOf } from '../../../src/content/transcript/segment-roles.ts'

const filler = (count: number) =>
  Array.from({ length: count }, () => 'The river carries sand and gravel down to the old harbour every winter.')

function roles(said: readonly string[]) {
  return rolesOf(said.map((text) => ({ text, words: countWords(text) })))
}
const rolesIn = (text: string) => {
  const said = sentences(text).map(({ start, end }) => text.slice(start, end))
  return roles([...filler(20), ...said, ...filler(20)]).slice(20, 20 + said.length)
}

describe('roles by wording', () => {
  it('follows an advertisement from its opening to its last hint', () => {
    expect(
      rolesIn(
        'This episode is brought to you by Tallybird. I used to keep receipts in a boot. With Tallybird I take a photo. Use code RIVER for twenty percent off. That is tallybird dot example slash river. And back to the show. We stood on the bridge.',
      ),
    ).toEqual(['ad', 'ad', 'ad', 'ad', 'ad', 'content', 'content'])
  })

  it.each([
    'Right now it is sixty percent off. Use code RIVER.',
    'New customers get seventy-five dollars off. Go to tallybird.example to learn more.',
    'Tallybird keeps this podcast free. Try it free for a month.',
    'The sponsor of this week’s show is Tallybird. They help you keep receipts.',
    'Their listeners make this show possible. Sign up today at tallybird dot example slash river.',
  ])('knows an offer, and who pays, in words: %s', (text) => {
    expect(rolesIn(text)[0]).toBe('ad')
  })

  it.each([
    'The race was sponsored by a brewery in 1920.',
    'By June shares were sixty percent off their peak. Visit river.org to learn more.',
    'He got ten dollars off for the dent, and drove home with the boat half off its trailer.',
    'What makes the programme possible is the weir. It was finished in May.',
    'You can read it at github.com/river/sand or visit river.org to learn more.',
    'Advertising pays for the paper, said the sponsor.',
    'This is when you get to show us what you did.',
    'I would welcome a longer show of hands.',
    'He wrote a song about music (and money).',
  ])('leaves content alone: %s', (text) => {
    expect([...new Set(rolesIn(text))]).toEqual(['content'])
  })

  it('takes stage notes and notes of music for music, and words beside them for words', () => {
    expect(rolesIn('[Music]\n(upbeat music playing)\n♪ la la la ♪\n[laughter] Well then.')).toEqual([
      'music',
      'music',
      'music',
      'content',
    ])
  })

  it('finds an opening only at the beginning and a closing only at the end', () => {
    const open = 'Welcome to the River Podcast.'
    const close = ['Thanks for listening.', 'See you next week.']
    const found = roles([open, ...filler(30), open, ...close, ...filler(30), ...close])
    expect(found[0]).toBe('intro')
    expect(found.slice(-2)).toEqual(['outro', 'outro'])
    expect(found.slice(1, -2).every((role) => role === 'content')).toBe(true)
  })

  it.each([
    ['Please rate, review and subscribe wherever you get your podcasts.'],
    ['If you enjoyed this, leave us a five-star review.', 'And tell a friend.'],
    ['Produced by Callum Reyes and edited by Ann Lee.', 'Music by the Rivelin Quartet.'],
    ['Hope you enjoyed the episode.', 'Bye.'],
    ['Thanks for listening.', 'There is more on our page.', 'Write to us to get in touch.'],
  ])('knows a closing by what shows ask and whom they credit: %s', (...close) => {
    const found = roles([...filler(30), ...close])
    expect(found.slice(29, 31)).toEqual(['content', 'outro'])
  })

  it.each([
    ['The bridge was produced by hand and edited by nobody.', 'Music by the water was forbidden.'],
    ['They subscribe to the paper that the old captain writes.'],
    ['You may rate the river as you like.'],
  ])('takes no last sentence for a closing for one word of those: %s', (...last) => {
    expect(roles([...filler(30), ...last]).slice(30)).toEqual(last.map(() => 'content'))
  })

  it('speaks German, Spanish and French, a little', () => {
    expect(
      roles(['Herzlich willkommen zu einer neuen Folge.', ...filler(30), 'Danke fürs Zuhören.']).filter(
        (role) => role !== 'content',
      ),
    ).toEqual(['intro', 'outro'])
    expect(rolesIn('Diese Folge wird präsentiert von Flussbier. Mit dem Rabattcode FLUSS wird es billiger.')).toEqual([
      'ad',
      'ad',
    ])
  })

  it('does not make a whole short text its own opening', () => {
    expect(roles(['Welcome to the show.', 'Thanks for listening.'])).toEqual(['content', 'content'])
  })
})
