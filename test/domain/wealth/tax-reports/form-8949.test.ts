import { describe, expect, test } from 'vitest'
import { boxOf, form8949 } from '../../../../domain/wealth/index.ts'
import { facts, realised } from './rows.ts'

describe('the box of Form 8949', () => {
  test.each([
    ['stock bought at a broker since 2011 has its basis reported', { acquiredOn: '2011-01-01' }, 'D'],
    ['stock bought before 2011 does not', { acquiredOn: '2010-12-31' }, 'E'],
    ['a fund is covered since 2012', { symbol: 'FUND', acquiredOn: '2011-12-31' }, 'E'],
    ['a fund bought in 2012 is covered', { symbol: 'FUND', acquiredOn: '2012-01-01' }, 'D'],
    ['reinvested dividends are covered since 2012', { origin: 'reinvestment', acquiredOn: '2011-06-01' }, 'E'],
    ['a short-term sale is in part I', { term: 'short' }, 'A'],
    ['an account without an institution sends no Form 1099-B', { accountId: 'paper', term: 'short' }, 'C'],
    ['a return of capital above the basis is on Form 1099-DIV', { kind: 'return_of_capital' }, 'F'],
    ['an inheritance is covered only if the ledger says so', { origin: 'inheritance' }, 'E'],
    ['the box of the broker counts', { reportedBox: 'E' }, 'E'],
    ['the term of the ledger decides the part, whatever the broker took', { reportedBox: 'B', term: 'long' }, 'E'],
    ['an unknown day of purchase is not covered', { acquiredOn: null, term: 'short' }, 'B'],
  ] as const)('%s', (_, changes, box) => {
    expect(boxOf(realised(changes), facts)).toBe(box)
  })
})

describe('Form 8949', () => {
  test('a wash sale has the code W, the disallowed loss in column (g), and the rest in column (h)', () => {
    // Sold at a loss of 400, of which 150 is disallowed: 4,800 - 5,200 + 150 = -250.
    const { parts, totals } = form8949([realised({ disallowedLoss: '150.00' })], facts)
    expect(parts).toHaveLength(1)
    expect(parts[0]!.lines[0]).toEqual({
      transactionId: 'sale',
      lotTransactionId: 'lot',
      accountId: 'broker',
      description: '100 sh. XYZ Co. (XYZ)',
      acquired: '2024-01-10',
      sold: '2025-08-25',
      proceeds: '4800.00',
      basis: '5200.00',
      codes: 'W',
      adjustment: '150.00',
      gain: '-250.00',
    })
    expect(totals.long).toEqual({ proceeds: '4800.00', basis: '5200.00', adjustment: '150.00', gain: '-250.00' })
    expect(totals.short.gain).toBe('0.00')
  })

  test('inherited property has INHERITED in column (b)', () => {
    const { parts } = form8949([realised({ origin: 'inheritance' })], facts)
    expect(parts[0]!.lines[0]!.acquired).toBe('INHERITED')
  })

  test('Instructions for Form 8949, columns (b) and (c): a short sale has the days of the purchase and of the delivery that closed it', () => {
    // Publication 550, chapter 4, "Short Sales", example: sold short for 100, bought for 80: a gain of 20.
    const short = realised({
      kind: 'short',
      origin: 'short',
      term: 'short',
      acquiredOn: '2025-03-10',
      soldOn: '2025-03-11',
      proceeds: '100.00',
      basis: '80.00',
    })
    const { parts } = form8949([short], facts)
    expect(parts[0]).toMatchObject({ box: 'A', lines: [{ acquired: '2025-03-10', sold: '2025-03-11', gain: '20.00' }] })
  })

  test('a disposal without a basis is listed with the reason, and is in no total', () => {
    const rows = [realised(), realised({ transactionId: 'unknown', basis: null, acquiredOn: null, proceeds: '999.00' })]
    const { incomplete, parts, totals } = form8949(rows, facts)
    expect(totals.long.proceeds).toBe('4800.00')
    expect(parts.flatMap(({ lines }) => lines)).toHaveLength(1)
    expect(incomplete).toEqual([
      expect.objectContaining({
        transactionId: 'unknown',
        box: 'E',
        proceeds: '999.00',
        reason: 'The purchase is not in the ledger, so the basis and the date acquired are not known.',
      }),
    ])
  })

  test('boxes are in order and have their own totals, lines in the order of their days', () => {
    const rows = [
      realised({ transactionId: 'late', soldOn: '2025-09-01', proceeds: '10.10', basis: '10.00' }),
      realised({ transactionId: 'early', soldOn: '2025-02-01', proceeds: '20.20', basis: '10.00' }),
      realised({ transactionId: 'short', term: 'short', proceeds: '5.00', basis: '7.00' }),
      realised({ transactionId: 'paper', accountId: 'paper', term: 'short', proceeds: '1.00', basis: '0.50' }),
    ]
    const { parts, totals } = form8949(rows, facts)
    expect(parts.map(({ box, totals: { gain } }) => [box, gain])).toEqual([
      ['A', '-2.00'],
      ['C', '0.50'],
      ['D', '10.30'],
    ])
    expect(parts[2]!.lines.map(({ transactionId }) => transactionId)).toEqual(['early', 'late'])
    expect([totals.short.gain, totals.long.gain]).toEqual(['-1.50', '10.30'])
  })

  test('in whole dollars each column is rounded, so that lines and totals add up', () => {
    // 10.50 becomes 11, 7.49 becomes 7; 11 - 7 = 4, though the gain is 3.01.
    const rows = [realised({ proceeds: '10.50', basis: '7.49' }), realised({ transactionId: 'b', proceeds: '10.50', basis: '7.49' })]
    const { totals } = form8949(rows, { ...facts, rounding: 'dollars' })
    expect(totals.long).toEqual({ proceeds: '22.00', basis: '14.00', adjustment: '0.00', gain: '8.00' })
  })

  test('fractions of shares are written without needless zeros', () => {
    const { parts } = form8949([realised({ quantity: '12.500000000000000000', description: 'XYZ' })], facts)
    expect(parts[0]!.lines[0]!.description).toBe('12.5 sh. XYZ')
  })
})
