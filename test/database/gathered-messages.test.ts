import { expect, it } from 'vitest'
import { gatherMessages } from '../../src/database/gathered-messages.ts'

const message = (kind: string, body = '') => Buffer.from(`${kind}${body}`)

it('sends the messages of a statement in one packet, in their order, and others as they come', async () => {
  const sent: string[] = []
  const send = gatherMessages(async (packet) => {
    sent.push(Buffer.from(packet).toString())
    return []
  })
  await send(message('Q', 'select'))
  for (const kind of ['P1', 'B2', 'D3', 'E4']) expect(await send(message(kind))).toEqual([])
  expect(sent).toEqual(['Qselect'])
  await send(message('S'))
  await send(message('B5'))
  await send(message('H'))
  expect(sent).toEqual(['Qselect', 'P1B2D3E4S', 'B5H'])
})
