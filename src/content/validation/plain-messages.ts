import { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/**
 * Tells the author of a value what the schema allows at the place of a mistake. Passed to a schema's parse as `error`, so that
 * the schema's own messages take precedence.
 */
export function plainWords(issue: Issue): string {
  const must = allowedValues(issue)
  return issue.input === undefined ? `is missing; it ${must}` : must
}

function allowedValues(issue: Issue): string {
  const { schema } = issue
  switch (issue.code) {
    case 'invalid_type':
      if (schema instanceof z.ZodNumber) return `must be ${numberWords(schema)}`
      if (schema instanceof z.ZodStringFormat) return `must be ${FORMATS[schema.format ?? ''] ?? TYPES.string}`
      return `must be ${TYPES[issue.expected] ?? issue.expected}`
    case 'too_small':
    case 'too_big':
      return schema instanceof z.ZodNumber ? `must be ${numberWords(schema)}` : sizeWords(issue)
    case 'invalid_value':
      // zod reports this for a `stringbool`. Nobody needs to know its other spellings.
      if ('expected' in issue && issue.expected === 'stringbool') return 'must be true or false'
      return issue.values.length === 1
        ? `must be ${JSON.stringify(issue.values[0])}`
        : `must be one of ${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return `must be ${FORMATS[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `is not known${schema instanceof z.ZodObject ? `; there are ${Object.keys(schema.shape).join(', ')}` : ''}`
    case 'invalid_union': {
      const options = new Set(issue.errors.flatMap(([first]) => first?.message ?? []))
      return options.size === 0 ? 'is none of what is allowed here' : [...options].join(', or ')
    }
    default:
      return 'is not valid'
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  nonoptional: 'given',
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'a time with its zone, such as 2026-01-31T08:00:00Z',
  date: 'a day, such as 2026-01-31',
  url: 'a URL',
  uuid: 'a UUID',
}

/** `a whole number from 1 to 200` */
function numberWords({ isInt, minValue, maxValue }: z.ZodNumber): string {
  const least = knownBound(minValue)
  const most = knownBound(maxValue)
  const kind = isInt ? 'a whole number' : 'a number'
  if (least === null) return most === null ? kind : `${kind} up to ${most}`
  return most === null ? `${kind} from ${least}` : `${kind} from ${least} to ${most}`
}

/** A limit of the machine's number range is not a bound of the schema. */
function knownBound(value: number | null): number | null {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value
}

function sizeWords(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const unit = issue.origin === 'string' ? 'character' : 'entry'
  const units = issue.origin === 'string' ? 'characters' : 'entries'
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} ${issue.maximum === 1 ? unit : units}`
  if (issue.minimum === 1) return 'must not be empty'
  return `must have at least ${issue.minimum} ${units}`
}
