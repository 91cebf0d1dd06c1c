import { z } from 'zod'
import { ItemKind } from '../../content/item.ts'
import { ItemEntry } from './item-schemas.ts'

const List = z.array(z.string().max(200)).max(100)

/** What is searched for. */
export const Search = z
  .strictObject({
    text: z.string().trim().min(1).max(10_000).describe('What the items should be about, in plain words.'),
    limit: z.int().min(1).max(50).default(10),
    filters: z
      .strictObject({
        kinds: z.array(ItemKind).max(10).optional(),
        languages: List.optional().describe(
          'Language ranges: `en` finds `en-GB` too, but `en-GB` does not find `en` (RFC 4647, basic filtering). `*` finds any language.',
        ),
        topics: List.optional().describe('`taxonomy/id`. An item needs one of them.'),
      })
      .default({}),
  })
  .meta({ id: 'Search' })

/** What was found, best first. */
export const SearchResults = z
  .object({
    space: z.string().describe('The vector space. Scores of different spaces cannot be compared.'),
    compared: z.int().describe('How many items were looked at. If none of them is about the text, none is shown.'),
    behind: z
      .int()
      .describe(
        'How many publications and erasures the index has not yet taken in. Above 0, there may be more to find.',
      ),
    abstention: z
      .string()
      .nullable()
      .describe(
        'Why nothing was compared and found: the embedder does not read the language of the text. Otherwise null.',
      ),
    entries: z.array(
      z.object({
        item: ItemEntry,
        score: z
          .number()
          .describe(
            'The score of the best place, in 0..1: its cosine similarity, raised by the words that it shares with the search.',
          ),
        segments: z.array(
          z.object({
            segment: z.int(),
            score: z.number(),
            text: z.string().nullable().describe('Hash of the text that `start` and `end` count in, in UTF-16 units.'),
            start: z.int().nullable(),
            end: z.int().nullable(),
            startMs: z.int().nullable(),
            endMs: z.int().nullable(),
            quote: z
              .string()
              .nullable()
              .describe(
                'What is said there, as far as rights allow. If present, it is exactly the text from `start` to `end`.',
              ),
            marks: z
              .array(z.strictObject({ start: z.int(), end: z.int() }))
              .describe('Words of the search in the quote, counted as `start` and `end` are.'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SearchResults' })
