import fc from 'fast-check'
import { eq, type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { openDatabase, type Transaction } from '../../db/database.ts'
import { type Place, rowsOf } from '../../db/queries/rows.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { makeThings, things } from '../support/things.ts'

const rows = rowsOf(things, { version: 'rowVersion' })
type ListRequest = Parameters<typeof rows.list>[1]
const present = rowsOf(things, {
  version: null,
  where: eq(things.version, 'A'),
  selection: { id: things.id, name: things.name, shout: sql<string>`upper(${things.name})` },
})

const database = await createTestDatabase()
afterAll(() => database.drop())
const [writer, other] = [openDatabase(database.connect('nestegg_write')), openDatabase(database.connect('nestegg_write'))]
beforeAll(() => makeThings(database.connect('postgres')))

const rolledBack = Symbol('rolled back')
/** Runs in a transaction that is rolled back. */
const attempt = async <Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
  const done: Result[] = []
  const run = writer.transaction(async transaction => {
    done.push(await work(transaction))
    throw rolledBack
  })
  await run.catch((error: unknown) => {
    if (error !== rolledBack) throw error
  })
  return done[0]!
}
const missingKey = '01990000-0000-7000-8000-000000000001'

describe('one row', () => {
  test('is inserted and found by its key, with its version', () =>
    attempt(async transaction => {
      const row = await rows.insert(transaction, { owner: 'me', name: 'First' })
      expect(row).toMatchObject({ owner: 'me', name: 'First', version: 'A', rowVersion: 1 })
      expect([rows.keyOf(row), rows.versionOf(row)]).toEqual([row.id, 1])
      expect(await rows.find(transaction, row.id)).toEqual(row)
      expect(await rows.find(transaction, missingKey)).toBeUndefined()
    }))

  test('is read with its selection, if its condition holds', () =>
    attempt(async transaction => {
      const [shown, hidden] = [
        await present.insert(transaction, { owner: 'me', name: 'a' }),
        await rows.insert(transaction, { owner: 'me', name: 'b', version: 'B' }),
      ]
      expect(shown).toEqual({ id: shown.id, name: 'a', shout: 'A' })
      expect(await present.find(transaction, shown.id)).toEqual(shown)
      expect(present.versionOf(shown)).toBeUndefined()
      expect(await present.find(transaction, hidden.id)).toBeUndefined()
      expect(await present.update(transaction, hidden.id, { name: 'c' }, undefined)).toEqual({ refused: 'missing' })
      expect((await present.list(transaction, { limit: 9, sort: '-id' })).rows).toEqual([shown])
    }))
})

describe.each(['update', 'remove', 'lock'] as const)('%s', operation => {
  const run = (transaction: Transaction, key: string, version?: number, within?: SQL) =>
    operation === 'update'
      ? rows.update(transaction, key, { name: 'New' }, version, within)
      : rows[operation](transaction, key, version, within)
  const after = operation === 'update' ? { name: 'New', rowVersion: 2 } : { name: 'Old', rowVersion: 1 }

  test.each([[1], [undefined]])('accepts the version that was read: %s', version =>
    attempt(async transaction => {
      const { id } = await rows.insert(transaction, { owner: 'me', name: 'Old' })
      expect(await run(transaction, id, version)).toMatchObject({ row: { id, ...after } })
      const stored = await rows.find(transaction, id)
      if (operation === 'remove') expect(stored).toBeUndefined()
      else expect(stored).toMatchObject(after)
    }),
  )

  test('distinguishes a stale version, a missing row and a read-only row', () =>
    attempt(async transaction => {
      const own = await rows.insert(transaction, { owner: 'me', name: 'Old' })
      const published = await rows.insert(transaction, { owner: 'published', name: 'Old' })
      expect(await run(transaction, own.id, 7)).toEqual({ refused: 'stale', version: 1, expected: 7 })
      expect(await run(transaction, missingKey, 1)).toEqual({ refused: 'missing' })
      expect(await run(transaction, published.id, 1)).toEqual({ refused: 'read-only', row: expect.objectContaining({ id: published.id }) })
      expect(await run(transaction, published.id, undefined)).toEqual({
        refused: 'read-only',
        row: expect.objectContaining({ id: published.id }),
      })
      expect(await rows.find(transaction, own.id)).toEqual(own)
      expect(await rows.find(transaction, published.id)).toEqual(published)
    }))

  test('finds nothing outside of its parent', () =>
    attempt(async transaction => {
      const { id } = await rows.insert(transaction, { owner: 'me', name: 'Old' })
      expect(await run(transaction, id, 1, eq(things.owner, 'another'))).toEqual({ refused: 'missing' })
      expect(await run(transaction, id, 1, eq(things.owner, 'me'))).toMatchObject({ row: { id } })
    }))
})

test('a key that identifies a row only within a parent requires the parent', () =>
  attempt(async transaction => {
    const nested = rowsOf(things, { key: 'name', version: 'rowVersion', nested: true })
    for (const owner of ['me', 'another']) await nested.insert(transaction, { owner, name: 'x' })
    // @ts-expect-error the parent is missing
    expect(await nested.find(transaction, 'x')).toBeDefined()
    // @ts-expect-error the parent is missing
    expect(await nested.lock(transaction, 'x', 1)).toBeDefined()
    // @ts-expect-error the parent is missing
    expect(await nested.update(transaction, 'x', { rank: 1 }, 1)).toBeDefined()
    expect(await nested.remove(transaction, 'x', undefined, eq(things.owner, 'another'))).toMatchObject({ row: { owner: 'another' } })
    expect(await nested.find(transaction, 'x', eq(things.owner, 'me'))).toMatchObject({ owner: 'me' })
    // @ts-expect-error the parent is missing
    expect(await nested.remove(transaction, 'x', undefined)).toBeDefined()
  }))

test('the second of two changes to one version waits for the first and is stale', async () => {
  const { id } = await writer.transaction(transaction => rows.insert(transaction, { owner: 'me', name: 'Old' }))
  const change = (by: typeof writer, name: string) => by.transaction(transaction => rows.update(transaction, id, { name }, 1))
  const outcomes = await Promise.all([change(writer, 'One'), change(other, 'Two')])
  expect(outcomes).toContainEqual({ refused: 'stale', version: 2, expected: 1 })
  expect(outcomes).toContainEqual(expect.objectContaining({ row: expect.objectContaining({ rowVersion: 2 }) }))
  await writer.transaction(transaction => rows.remove(transaction, id, undefined))
})

describe('lists', () => {
  const allPages = async (transaction: Transaction, request: Omit<ListRequest, 'after'>) => {
    const found = []
    let after: Place | undefined
    for (;;) {
      const { next, rows: page } = await rows.list(transaction, { ...request, after })
      expect(page.length).toBeLessThanOrEqual(request.limit)
      found.push(...page)
      if (!next) return found
      after = next
    }
  }
  const sorts = (['id', 'name', 'amount', 'rank', 'day', 'madeAt'] as const).flatMap(name => [name, `-${name}` as const])
  const value = fc.record({
    owner: fc.constantFrom('me', 'another'),
    name: fc.constantFrom('a', 'b', 'Ä "quoted", \\ and {braces}', '🙂', ''),
    amount: fc.option(fc.constantFrom('-1.50', '0.00', '10.25', '9999999999.99')),
    rank: fc.option(fc.integer({ min: -3, max: 3 })),
    day: fc.option(fc.constantFrom('2026-02-28', '1999-12-31')),
    madeAt: fc.constantFrom('2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123457Z'),
  })

  it('has every row once, in the order of one long page, for any sort and page size', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(value, { maxLength: 12 }),
        fc.constantFrom(...sorts),
        fc.integer({ min: 1, max: 5 }),
        (values, sort, limit) =>
          attempt(async transaction => {
            for (const each of values) await rows.insert(transaction, each)
            const whole = await rows.list(transaction, { limit: 100, sort })
            expect(whole.rows).toHaveLength(values.length)
            expect(await allPages(transaction, { limit, sort })).toEqual(whole.rows)
          }),
      ),
      { numRuns: 60 },
    ))

  const jumps = fc.constantFrom<readonly [ListRequest['sort'], string]>(
    ...(['', '-'] as const).flatMap(sign =>
      (
        [
          ['name', 'a'],
          ['name', 'Z'],
          ['amount', '0'],
          ['amount', '10.2501'],
          ['rank', '1'],
          ['rank', '-99'],
          ['day', '2000-01-01'],
          ['madeAt', '2026-01-01T00:00:00.123457Z'],
        ] as const
      ).map(([name, from]) => [`${sign}${name}`, from] as const),
    ),
  )

  it('that begins at a value is the list of the rows from that value on, for any sort and page size', () =>
    fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 12 }), jumps, fc.integer({ min: 1, max: 5 }), (values, [sort, from], limit) =>
        attempt(async transaction => {
          for (const each of values) await rows.insert(transaction, each)
          const descending = sort.startsWith('-')
          const column = sql.identifier((descending ? sort.slice(1) : sort).replace('madeAt', 'made_at'))
          const remaining = sql`(${column} ${sql.raw(descending ? '<=' : '>=')} ${from} or ${column} is null)`
          const expected = (await rows.list(transaction, { limit: 100, sort, where: remaining })).rows
          expect(await allPages(transaction, { limit, sort, from })).toEqual(expected)
          const counted = await rows.list(transaction, { limit, sort, from, count: true })
          expect(counted.total).toBe(values.length)
        }),
      ),
      { numRuns: 60 },
    ))

  it('is sorted by value, then by key, nulls last', () =>
    attempt(async transaction => {
      const made: { readonly id: string }[] = []
      for (const rank of [2, null, 1, 2, null, 3]) made.push(await rows.insert(transaction, { owner: 'me', name: 'x', rank }))
      const places = async (sort: ListRequest['sort']) =>
        (await rows.list(transaction, { limit: 9, sort })).rows.map(row => made.findIndex(({ id }) => id === row.id))
      expect(await places('rank')).toEqual([2, 0, 3, 5, 1, 4])
      expect(await places('-rank')).toEqual([5, 3, 0, 2, 4, 1])
      expect(await places('-id')).toEqual([5, 4, 3, 2, 1, 0])
    }))

  it('shows and counts the rows that match its condition, and counts only on request', () =>
    attempt(async transaction => {
      for (const owner of ['me', 'another', 'me', 'me']) await rows.insert(transaction, { owner, name: owner })
      const where = eq(things.owner, 'me')
      expect(await rows.list(transaction, { limit: 2, sort: '-id', where, count: true })).toMatchObject({ rows: [{}, {}], total: 3 })
      expect(await allPages(transaction, { limit: 1, sort: 'name', where })).toHaveLength(3)
      expect((await rows.list(transaction, { limit: 2, sort: '-id', where })).total).toBeUndefined()
    }))

  it('is not shifted by rows that are added or removed between its pages', () =>
    attempt(async transaction => {
      for (const rank of [1, 2, 3, 4]) await rows.insert(transaction, { owner: 'me', name: String(rank), rank })
      const first = await rows.list(transaction, { limit: 2, sort: 'rank' })
      await rows.insert(transaction, { owner: 'me', name: 'new', rank: 1 })
      await rows.remove(transaction, first.rows[1]!.id, undefined)
      const second = await rows.list(transaction, { limit: 2, sort: 'rank', after: first.next! })
      expect(second.rows.map(row => row.name)).toEqual(['3', '4'])
      expect(second.next).toBeNull()
    }))

  it.each<readonly [ListRequest['sort'], Place]>([
    ['day', ['2026-02-30', missingKey]],
    ['rank', ['99999999999999', missingKey]],
    ['rank', ['1', 'no uuid']],
    ['name', ['a\0', missingKey]],
  ])('sorted by %s refuses the place %j as data', async (sort, after) => {
    const listed = attempt(transaction => rows.list(transaction, { limit: 1, sort, after }))
    await expect(listed).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^22/) } })
  })
})

test('a table without an integer column `version` must name its version', () => {
  // @ts-expect-error the version of this table is a text
  expect(rowsOf(things)).toBeDefined()
  // @ts-expect-error no such column
  expect(rowsOf(things, { version: 'revision' })).toBeDefined()
})
