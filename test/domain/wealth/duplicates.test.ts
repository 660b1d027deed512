import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateOfEpochDay } from '../../../domain/shared/index.ts'
import { findDuplicates, fingerprintOf, type Identified, idKeyOf, keysOf, type StoredTransaction } from '../../../domain/wealth/index.ts'

const row = (more: Partial<Identified> = {}): Identified => ({
  type: 'cash',
  date: '2024-01-10',
  amount: '-5.00',
  description: 'Coffee',
  ...more,
})
const stored = (...rows: readonly Partial<Identified>[]): StoredTransaction[] =>
  rows.map((more, index) => ({ ...row(more), id: `s${index}` }))
const kinds = (rows: readonly Identified[], existing: readonly StoredTransaction[]) =>
  findDuplicates(rows, existing).map(verdict => (verdict.kind === 'new' ? 'new' : `${verdict.kind}: ${verdict.reason} ${verdict.storedId}`))

describe('the fingerprint', () => {
  test('does not see case, width and white space of the description', () => {
    expect(fingerprintOf(row({ description: ' ＣＯＦＦＥＥ ' }))).toBe(fingerprintOf(row()))
    expect(fingerprintOf(row())).toMatch(/^[0-9a-f]{32}$/)
  })

  test.each([{ date: '2024-01-11' }, { amount: '-5.01' }, { description: 'Tea' }])('sees %j', more => {
    expect(fingerprintOf(row(more))).not.toBe(fingerprintOf(row()))
  })

  test('sees type, symbol and quantity of investments, and no identifier', () => {
    const buy = row({ type: 'buy', symbol: 'AAPL', quantity: '1' })
    for (const more of [{ type: 'reinvestment' as const }, { symbol: 'MSFT' }, { quantity: '2' }])
      expect(fingerprintOf({ ...buy, ...more })).not.toBe(fingerprintOf(buy))
    const withId: Identified = { ...buy, externalId: '1' }
    expect(fingerprintOf(withId)).toBe(fingerprintOf(buy))
  })
})

test('keys count equal rows of a file', () => {
  const rows = [row(), row({ externalId: '1' }), row(), row({ externalId: '1' }), row({ externalId: '1', amount: '-6.00' })]
  const keys = keysOf(rows)
  expect(keys.map(({ occurrence }) => occurrence)).toEqual([0, 0, 1, 1, 0])
  expect(keys[1]!.key).toBe(idKeyOf(rows[1]!))
  expect(keys[0]!.key).toBe(fingerprintOf(rows[0]!))
  expect(idKeyOf(rows[0]!)).toBeUndefined()
})

describe('a row is', () => {
  test.each<[string, Partial<Identified>[], Partial<Identified>[], string[]]>([
    ['new without any like it', [{}], [], ['new']],
    [
      'a duplicate by its identifier, whatever its description',
      [{ externalId: '1', description: 'Other' }],
      [{ externalId: '1' }],
      ['duplicate: identifier s0'],
    ],
    ['new with an identifier that was used for another amount', [{ externalId: '1' }], [{ externalId: '1', amount: '-9.00' }], ['new']],
    ['a duplicate by its content', [{ description: 'COFFEE' }], [{}], ['duplicate: content s0']],
    ['a duplicate with an identifier where the stored one has none', [{ externalId: '1' }], [{}], ['duplicate: content s0']],
    ['a duplicate without identifier where the stored one has one', [{}], [{ externalId: '1' }], ['duplicate: content s0']],
    ['a duplicate of the one without identifier first', [{}], [{ externalId: '1' }, {}], ['duplicate: content s1']],
    [
      'doubtful with the same content under another identifier',
      [{ externalId: '2' }],
      [{ externalId: '1' }],
      ['doubtful: other_identifier s0'],
    ],
    [
      'new beside one with another identifier that the file has too',
      [{ externalId: '2' }, { externalId: '1' }],
      [{ externalId: '1' }],
      ['new', 'duplicate: identifier s0'],
    ],
    ['the second of two equal ones, of which one is stored', [{}, {}], [{}], ['duplicate: content s0', 'new']],
    [
      'doubtful with another description within three days',
      [{ description: 'COFFEE SHOP 12' }],
      [{ date: '2024-01-13' }],
      ['doubtful: similar s0'],
    ],
    ['doubtful for the nearest', [{ description: 'Other' }], [{ date: '2024-01-13' }, { date: '2024-01-09' }], ['doubtful: similar s1']],
    ['new after four days', [{ description: 'Other' }], [{ date: '2024-01-14' }], ['new']],
    ['new of another type', [{ type: 'dividend', description: 'Other' }], [{}], ['new']],
    [
      'new of another security',
      [{ type: 'buy', symbol: 'A', description: 'x' }],
      [{ type: 'buy', symbol: 'B', description: 'y' }],
      ['new'],
    ],
    [
      'new where no money moves',
      [{ type: 'split', amount: '0.00', description: 'x' }],
      [{ type: 'split', amount: '0.00', description: 'y' }],
      ['new'],
    ],
  ])('%s', (_, rows, existing, expected) => {
    expect(kinds(rows.map(row), stored(...existing))).toEqual(expected)
  })

  test('compared with a stored one once: certain matches come before similar ones', () => {
    expect(kinds([row({ description: 'Other' }), row()], stored({}))).toEqual(['new', 'duplicate: content s0'])
  })
})

describe('imports of overlapping files', () => {
  /** What happened: some days have several equal purchases. The institution gives each an identifier. */
  const truth = fc
    .array(
      fc.record({
        day: fc.integer({ min: 19_000, max: 19_010 }),
        amount: fc.constantFrom('-5.00', '-6.00', '12.00'),
        description: fc.constantFrom('Coffee', 'Tea'),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map(list =>
      list.map(({ amount, day, description }, index) => row({ date: dateOfEpochDay(day), amount, description, externalId: `id${index}` })),
    )
  const windows = fc.array(
    fc.record({ from: fc.integer({ min: 19_000, max: 19_010 }), days: fc.integer({ min: 0, max: 10 }), hasIds: fc.boolean() }),
    { minLength: 1, maxLength: 5 },
  )

  test('in any order give what happened, each once', () => {
    fc.assert(
      fc.property(truth, windows, (happened, files) => {
        let store: StoredTransaction[] = []
        const covered = new Set<Identified>()
        for (const { days, from, hasIds } of files) {
          const within = happened.filter(({ date }) => date >= dateOfEpochDay(from) && date <= dateOfEpochDay(from + days))
          for (const each of within) covered.add(each)
          const file = hasIds ? within : within.map(each => ({ ...each, externalId: undefined }))
          const verdicts = findDuplicates(file, store)
          // A person who is asked about a doubtful row says that it is another one.
          store = [
            ...store,
            ...file
              .filter((_, index) => verdicts[index]!.kind !== 'duplicate')
              .map((each, index) => ({ ...each, id: `${store.length + index}` })),
          ]
        }
        const texts = (rows: Iterable<Identified>) =>
          [...rows].map(({ amount, date, description }) => `${date} ${amount} ${description}`).toSorted()
        expect(texts(store)).toEqual(texts(covered))
      }),
      { numRuns: 500 },
    )
  })

  test('import nothing twice: the same file again has only duplicates', () => {
    fc.assert(
      fc.property(truth, fc.boolean(), (happened, hasIds) => {
        const file = hasIds ? happened : happened.map(each => ({ ...each, externalId: undefined }))
        const store = file.map((each, index) => ({ ...each, id: String(index) }))
        expect(findDuplicates(file.toReversed(), store).every(({ kind }) => kind === 'duplicate')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

test('100,000 rows are compared with 100,000 stored ones', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    row({ date: dateOfEpochDay(10_000 + (index % 5000)), amount: `-${index % 50}.00`, description: `Shop ${index}` }),
  )
  const verdicts = findDuplicates(
    many,
    many.map((each, index) => ({ ...each, id: String(index) })),
  )
  expect(verdicts.every(({ kind }) => kind === 'duplicate')).toBe(true)
})
