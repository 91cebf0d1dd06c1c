import { describe, expect, it } from 'vitest'
import { waitSeconds } from '../../../src/http/routes/submit-routes.ts'

describe('the header Prefer', () => {
  it.each([
    [undefined, 25],
    ['', 25],
    ['wait=10', 10],
    ['wait="10"', 10],
    ['Wait = 10', 10],
    ['respond-async', 0],
    ['respond-async, wait=3', 3],
    ['wait=3, respond-async', 3],
    ['return=minimal; foo="bar", wait=4', 4],
    ['wait=1, wait=9', 1],
    ['wait=0', 0],
    ['wait=99999', 600],
    ['wait=soon', 25],
    ['wait=-1', 25],
  ])('with the value %s waits %i seconds', (header, seconds) => expect(waitSeconds(header)).toBe(seconds))
})
