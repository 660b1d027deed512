import { describe, expect, test } from 'vitest'
import { boxOf, form8949, form8949Summary, sumGroups } from '../../../../domain/wealth/index.ts'
import { realised } from './rows.ts'

describe('the box of Form 8949', () => {
  test.each([
    ['stock bought at a broker since 2011 has its basis reported', { acquiredOn: '2011-01-01' }, 'D'],
    ['stock bought before 2011 does not', { acquiredOn: '2010-12-31' }, 'E'],
    ['a fund is covered since 2012', { isFund: true, acquiredOn: '2011-12-31' }, 'E'],
    ['a fund bought in 2012 is covered', { isFund: true, acquiredOn: '2012-01-01' }, 'D'],
    ['reinvested dividends are covered since 2012', { origin: 'reinvestment', acquiredOn: '2011-06-01' }, 'E'],
    ['a short-term sale is in part I', { term: 'short' }, 'A'],
    ['an account without an institution sends no Form 1099-B', { isAtBroker: false, term: 'short' }, 'C'],
    ['a return of capital above the basis is on Form 1099-DIV', { kind: 'return_of_capital' }, 'F'],
    ['an inheritance is covered only if the ledger says so', { origin: 'inheritance' }, 'E'],
    ['an unknown day of purchase is not covered', { acquiredOn: null, term: 'short' }, 'B'],
  ] as const)('%s', (_, changes, box) => {
    expect(boxOf(realised(changes))).toBe(box)
  })
})

describe('Form 8949', () => {
  test('a wash sale has the code W, the disallowed loss in column (g), and the rest in column (h)', () => {
    // Sold at a loss of 400, of which 150 is disallowed: 4,800 - 5,200 + 150 = -250.
    const { lines, totals } = form8949([realised({ disallowedLoss: '150.00' })])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toEqual({
      box: 'D',
      symbol: 'XYZ',
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
      reason: null,
    })
    expect(totals.long).toEqual({ proceeds: '4800.00', basis: '5200.00', adjustment: '150.00', gain: '-250.00' })
    expect(totals.short.gain).toBe('0.00')
  })

  test('inherited property has INHERITED in column (b)', () => {
    const { lines } = form8949([realised({ origin: 'inheritance' })])
    expect(lines[0]!.acquired).toBe('INHERITED')
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
    const { lines } = form8949([short])
    expect(lines).toMatchObject([{ box: 'A', acquired: '2025-03-10', sold: '2025-03-11', gain: '20.00' }])
  })

  test('a disposal without a basis is listed with the reason, and is in no total', () => {
    const rows = [realised(), realised({ transactionId: 'unknown', basis: null, acquiredOn: null, proceeds: '999.00' })]
    const { incomplete, lines, totals } = form8949(rows)
    expect(totals.long.proceeds).toBe('4800.00')
    expect(lines).toHaveLength(1)
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
      realised({ transactionId: 'paper', isAtBroker: false, term: 'short', proceeds: '1.00', basis: '0.50' }),
    ]
    const { lines, parts, totals } = form8949(rows)
    expect(parts.map(({ box, lineCount, totals: { gain } }) => [box, lineCount, gain])).toEqual([
      ['A', 1, '-2.00'],
      ['C', 1, '0.50'],
      ['D', 2, '10.30'],
    ])
    expect(lines.map(({ transactionId }) => transactionId)).toEqual(['short', 'paper', 'early', 'late'])
    expect([totals.short.gain, totals.long.gain]).toEqual(['-1.50', '10.30'])
  })

  test('in whole dollars each column is rounded, so that lines and totals add up', () => {
    // 10.50 becomes 11, 7.49 becomes 7; 11 - 7 = 4, though the gain is 3.01.
    const rows = [realised({ proceeds: '10.50', basis: '7.49' }), realised({ transactionId: 'b', proceeds: '10.50', basis: '7.49' })]
    const { totals } = form8949(rows, 'dollars')
    expect(totals.long).toEqual({ proceeds: '22.00', basis: '14.00', adjustment: '0.00', gain: '8.00' })
  })

  test('sums of groups equal the sums of their lines', () => {
    const facts = { term: 'long', kind: 'sale', origin: 'purchase', acquiredOn: '2024-01-10', isFund: false, isAtBroker: true } as const
    const group = { ...facts, isComplete: true, basis: '10400.00', proceeds: '9600.00' }
    const groups = [
      { ...group, key: 'a', isAdjusted: false, lineCount: 2, adjustment: '0.00', gain: '-800.00' },
      { ...group, key: 'b', isAdjusted: true, lineCount: 1, proceeds: '4800.00', basis: '5200.00', adjustment: '150.00', gain: '-250.00' },
      { ...group, key: 'c', isAdjusted: false, isComplete: false, lineCount: 1, adjustment: '0.00', gain: '0.00' },
    ]
    const rows = [realised(), realised(), realised({ disallowedLoss: '150.00' }), realised({ basis: null })]
    const { parts, totals } = form8949(rows)
    expect(form8949Summary(sumGroups(groups))).toEqual({ parts, totals })
  })

  test('fractions of shares are written without needless zeros', () => {
    const { lines } = form8949([realised({ quantity: '12.500000000000000000', description: 'XYZ' })])
    expect(lines[0]!.description).toBe('12.5 sh. XYZ')
  })
})
