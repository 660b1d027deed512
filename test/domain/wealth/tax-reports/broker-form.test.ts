import { describe, expect, test } from 'vitest'
import { compareBrokerForm, readBrokerForm, type RealisedRow } from '../../../../domain/wealth/index.ts'
import { realised } from './rows.ts'

const header = 'Symbol,Quantity,Date Acquired,Date Sold,Proceeds,Cost Basis,Wash Sale Loss Disallowed,Term,Form 8949 Code'
const form = (...lines: readonly string[]) => readBrokerForm(Buffer.from([header, ...lines].join('\r\n')))
const sale = 'XYZ,100,01/10/2024,08/25/2025,"4,800.00","5,200.00",0.00,Long,D'

const compare = (lines: readonly string[], rows: readonly RealisedRow[]) => compareBrokerForm(form(...lines).sales, rows)
const only = (lines: readonly string[], rows: readonly RealisedRow[]) => {
  const { items } = compare(lines, rows)
  expect(items).toHaveLength(1)
  return items[0]!
}

describe('a broker’s Form 1099-B', () => {
  test('is read with its dates, amounts, term and box', () => {
    expect(form(sale)).toEqual({
      sales: [
        {
          line: 2,
          symbol: 'XYZ',
          description: null,
          quantity: '100',
          acquiredOn: '2024-01-10',
          soldOn: '2025-08-25',
          proceeds: '4800.00',
          basis: '5200.00',
          disallowedLoss: '0.00',
          term: 'long',
          box: 'D',
        },
      ],
      rejected: [],
      rejectedCount: 0,
      notes: [],
      ambiguous: [],
    })
  })

  test('with other names of columns, titles above them, totals, and bases that are not reported', () => {
    const text = [
      'Realized gains and losses',
      'Description of property;Shares;Acquired Date;Sale Date;Gross Proceeds;Cost or Other Basis;Covered',
      'XYZ Co. common stock;100;Various;2025-08-25;4800.00;;No',
      'Total;;;;4800.00;;',
    ].join('\n')
    const { notes, sales } = readBrokerForm(Buffer.from(text))
    expect(sales).toEqual([
      expect.objectContaining({ description: 'XYZ Co. common stock', symbol: null, acquiredOn: null, basis: null, box: null }),
    ])
    expect(notes).toEqual(['Line 4 has totals. It was skipped.'])
  })

  test('names the line and the column of a fault, and reads the other rows', () => {
    const { rejected, rejectedCount, sales } = form(
      sale,
      'XYZ,ten,13/45/2024,08/25/2025,4800.00,1,0,Long,D',
      'XYZ,1,01/10/2024,,1.234,=1+1,0,Long,D',
      'XYZ,1',
    )
    expect(sales).toHaveLength(1)
    expect(rejectedCount).toBe(3)
    expect(rejected.map(({ field, line }) => `${line} ${field ?? ''}`)).toEqual([
      '3 Quantity',
      '3 Date Acquired',
      '4 Proceeds',
      '4 Date Sold',
      '4 Cost Basis',
      '5 ',
    ])
  })

  test('without the columns that are needed is refused by their names', () => {
    expect(() => readBrokerForm(Buffer.from('Symbol,Price\nXYZ,4\n'))).toThrow(
      'columns.soldOn: no column has the date sold: name it like "date sold"',
    )
    expect(() => readBrokerForm(Buffer.from('%PDF-1.7'))).toThrow('is a PDF document')
    expect(() => readBrokerForm(Buffer.from(''))).toThrow('is empty')
  })
})

describe('the comparison', () => {
  test('says that a sale is equal', () => {
    expect(only([sale], [realised()])).toMatchObject({ outcome: 'equal', differences: [], cause: null, reason: null })
  })

  test.each<[string, Partial<RealisedRow>, string, object[]]>([
    [
      'a wash sale that only the ledger sees',
      { disallowedLoss: '400.00' },
      'wash_sale_in_another_account',
      [{ field: 'disallowedLoss', broker: '0.00', ours: '400.00', difference: '-400.00' }],
    ],
    [
      'a holding period that was carried over',
      { acquiredOn: '2023-12-01' },
      'holding_period_carried',
      [{ field: 'acquiredOn', broker: '2024-01-10', ours: '2023-12-01', difference: null }],
    ],
    [
      'another lot',
      { acquiredOn: '2023-12-01', basis: '5000.00' },
      'lot_method',
      [
        { field: 'acquiredOn', broker: '2024-01-10', ours: '2023-12-01', difference: null },
        { field: 'basis', broker: '5200.00', ours: '5000.00', difference: '200.00' },
      ],
    ],
    [
      'fees of the sale',
      { proceeds: '4794.95' },
      'fees_in_proceeds',
      [{ field: 'proceeds', broker: '4800.00', ours: '4794.95', difference: '5.05' }],
    ],
    [
      'the day of the settlement',
      { soldOn: '2025-08-22' },
      'settlement_date',
      [{ field: 'soldOn', broker: '2025-08-25', ours: '2025-08-22', difference: null }],
    ],
    [
      'a basis that the ledger does not know',
      { basis: null },
      'basis_unknown',
      [{ field: 'basis', broker: '5200.00', ours: null, difference: null }],
    ],
    ['another box', { origin: 'inheritance' }, 'box_assumed', [{ field: 'box', broker: 'D', ours: 'E', difference: null }]],
  ])('explains %s', (_, changes, cause, differences) => {
    const item = only([sale], [realised(changes)])
    expect(item).toMatchObject({ outcome: 'differing', cause, differences })
    expect(item.reason).toMatch(/\.$/)
  })

  test('explains a wash sale that only the broker sees', () => {
    expect(only([sale.replace('0.00,Long', '150.00,Long')], [realised()])).toMatchObject({
      cause: 'wash_sale_not_in_ledger',
      differences: [{ field: 'disallowedLoss', difference: '150.00' }],
    })
  })

  test('explains the average cost: lots of several days with one cost per share', () => {
    const lines = ['XYZ,100,01/10/2024,08/25/2025,4800.00,5100.00,0,Long,D', 'XYZ,50,02/12/2024,08/25/2025,2400.00,2550.00,0,Long,D']
    const rows = [
      realised(),
      realised({ transactionId: 'b', acquiredOn: '2024-02-12', quantity: '50', proceeds: '2400.00', basis: '2450.00' }),
    ]
    expect(compare(lines, rows).items.map(({ cause }) => cause)).toEqual(['average_cost', 'average_cost'])
  })

  test('explains a basis that has the disallowed loss of an earlier sale', () => {
    const lines = ['XYZ,100,01/10/2024,03/03/2025,4800.00,5200.00,400.00,Long,D', 'XYZ,100,03/10/2025,10/01/2025,6000.00,5000.00,0,Short,A']
    const rows = [
      realised({ soldOn: '2025-03-03', disallowedLoss: '400.00' }),
      realised({ transactionId: 'b', acquiredOn: '2024-01-17', soldOn: '2025-10-01', proceeds: '6000.00', basis: '5400.00' }),
    ]
    const { counts, items } = compare(lines, rows)
    expect(counts).toEqual({ equal: 1, differing: 1, only_broker: 0, only_here: 0 })
    expect(items[1]).toMatchObject({ cause: 'holding_period_carried' })
    expect(items[1]!.differences.map(({ field }) => field)).toEqual(['acquiredOn', 'basis', 'term', 'box'])
  })

  test('joins the parts of a lot that a wash sale has divided', () => {
    const rows = [
      realised({ quantity: '40', proceeds: '1920.00', basis: '2080.00', disallowedLoss: '160.00' }),
      realised({ quantity: '60', proceeds: '2880.00', basis: '3120.00' }),
    ]
    const item = only([sale], rows)
    expect(item).toMatchObject({
      outcome: 'differing',
      cause: 'lot_divided',
      differences: [{ field: 'disallowedLoss', difference: '-160.00' }],
    })
    expect(item.ours).toHaveLength(2)
    const lines = ['XYZ,40,01/10/2024,08/25/2025,1920.00,2080.00,0,Long,D', 'XYZ,60,01/10/2024,08/25/2025,2880.00,3120.00,0,Long,D']
    expect(only(lines, [realised()])).toMatchObject({ outcome: 'equal' })
  })

  test('takes each sale once: of two alike, one is missing', () => {
    const { counts, items } = compare([sale, sale], [realised()])
    expect(counts).toEqual({ equal: 1, differing: 0, only_broker: 1, only_here: 0 })
    expect(items[1]).toMatchObject({ outcome: 'only_broker', cause: 'missing_sale', broker: [{ line: 3 }] })
  })

  test('says which sales the broker does not have, and sums both sides', () => {
    const { items, totals } = compare([], [realised()])
    expect(items).toEqual([expect.objectContaining({ outcome: 'only_here', cause: 'not_at_broker' })])
    expect(totals).toEqual({
      broker: { proceeds: '0.00', basis: '0.00', disallowedLoss: '0.00' },
      ours: { proceeds: '4800.00', basis: '5200.00', disallowedLoss: '0.00' },
    })
  })

  test('knows a security without a symbol by its name', () => {
    const text = 'Description,Quantity,Date Sold,Proceeds\n"XYZ CO. COMMON STOCK",100,08/25/2025,4800.00\n'
    const { counts } = compareBrokerForm(readBrokerForm(Buffer.from(text)).sales, [realised()])
    expect(counts).toMatchObject({ differing: 1, only_broker: 0 })
  })
})
