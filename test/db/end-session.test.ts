import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../support/postgres.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())
const administrator = database.connect('postgres')
const functions = database.connect('nestegg_identity')

const end = (sessionId: string) => functions`select identity.end_session(${JSON.stringify({ sessionId })}::text::jsonb)`
const begin = async (role: 'nestegg_write' | 'nestegg_read' | 'nestegg_operator', sessionId: string | undefined, subject = 'ann') => {
  const request = JSON.stringify({ subject, issuedAt: 1, sessionId, requestId: 'x', route: 'y' })
  const [row] = await database.connect(role)<
    { id: string | null }[]
  >`select operations.begin_request(${request}::text::jsonb) ->> 'id' as id`
  return row!.id
}

it('refuses the tokens of an ended session for every role, and those of no other session', async () => {
  const id = await begin('nestegg_write', 'first')
  await end('first')
  await end('first')
  for (const role of ['nestegg_write', 'nestegg_read', 'nestegg_operator'] as const) {
    await expect(begin(role, 'first')).rejects.toMatchObject({ code: 'NE401' })
    for (const other of ['second', undefined]) expect(await begin(role, other)).toBe(id)
  }
})

it('stores a hash for an hour, and removes what has expired', async () => {
  await administrator`insert into identity.ended_sessions (key, expires_at) values ('expired', now() - interval '1 second')`
  await end('third')
  const rows = await administrator<{ key: string; minutes: number }[]>`
    select key, round(extract(epoch from expires_at - now()) / 60)::integer as minutes from identity.ended_sessions
    where key = 'expired' or key = encode(sha256('third'), 'hex') or key like '%third%'`
  expect(rows).toEqual([{ key: expect.stringMatching(/^[\da-f]{64}$/), minutes: 60 }])
})
