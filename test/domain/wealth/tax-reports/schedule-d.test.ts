import { Decimal } from '../../../../domain/shared/index.ts'
import { expect, test } from 'vitest'
import { form8949, lossCarryover, scheduleD, sumLines } from '../../../../domain/wealth/index.ts'
import { realised } from './rows.ts'

const loss = (amount: string, term: 'short' | 'long' = 'long') =>
  realised({ transactionId: `${term} ${amount}`, proceeds: '1000.00', basis: new Decimal(1000).plus(amount).toFixed(2), term })
const of = (...rows: Parameters<typeof form8949>[0]) => sumLines(form8949(rows).lines)
const joint = { filingStatus: 'marriedFilingJointly' } as const

test('Publication 550, chapter 4, "Capital loss carryover", example: of a loss of 7,000 a couple deducts 3,000 and carries 4,000', () => {
  const { carryover, lines } = scheduleD(of(loss('7000')), { ...joint, taxableIncome: '2000.00' })
  expect(lines).toMatchObject({ '7': '0.00', '15': '-7000.00', '16': '-7000.00', '21': '-3000.00' })
  expect(carryover).toEqual({ shortTerm: '0.00', longTerm: '4000.00' })
})

test('Publication 550, chapter 4, the same example: a loss of 2,000 is deducted whole, and nothing is carried', () => {
  const { carryover, lines } = scheduleD(of(loss('2000')), { ...joint, taxableIncome: '2000.00' })
  expect(lines['21']).toBe('-2000.00')
  expect(carryover).toEqual({ shortTerm: '0.00', longTerm: '0.00' })
})

test('IRC 1211(b): married persons who file separately deduct 1,500', () => {
  const { carryover, lines } = scheduleD(of(loss('2000')), { filingStatus: 'marriedFilingSeparately', taxableIncome: '50000.00' })
  expect(lines['21']).toBe('-1500.00')
  expect(carryover.longTerm).toBe('500.00')
})

test('lines 1 to 16 come from the boxes, the carryovers and the other forms', () => {
  const rows = [
    realised({ transactionId: 'a', term: 'short', proceeds: '500.00', basis: '400.00' }),
    realised({ transactionId: 'w', term: 'short', proceeds: '500.00', basis: '600.00', disallowedLoss: '40.00' }),
    realised({ transactionId: 'b', term: 'short', acquiredOn: null, proceeds: '30.00', basis: '10.00' }),
    realised({ transactionId: 'c', term: 'short', isAtBroker: false, proceeds: '7.00', basis: '6.00' }),
    realised({ transactionId: 'd', proceeds: '900.00', basis: '100.00' }),
    realised({ transactionId: 'e', acquiredOn: '2005-01-01', proceeds: '70.00', basis: '20.00' }),
    realised({ transactionId: 'f', isAtBroker: false, proceeds: '9.00', basis: '10.00' }),
  ]
  const { lines, sums } = scheduleD(of(...rows), {
    ...joint,
    carryover: { shortTerm: '200.00', longTerm: '50.00' },
    otherForms: { shortTerm: '11.00', longTerm: '12.00' },
    schedulesK1: { shortTerm: '-1.00', longTerm: '2.00' },
    capitalGainDistributions: '33.00',
  })
  expect(sums['1a'].gain).toBe('0.00')
  expect(sums['1b']).toMatchObject({
    proceeds: '1000.00',
    basis: '1000.00',
    adjustment: '40.00',
    gain: '40.00',
  })
  expect([sums['2'].gain, sums['3'].gain, sums['8b'].gain, sums['9'].gain, sums['10'].gain]).toEqual([
    '20.00',
    '1.00',
    '800.00',
    '50.00',
    '-1.00',
  ])
  // 40 + 20 + 1 + 11 - 1 - 200 = -129; 800 + 50 - 1 + 12 + 2 + 33 - 50 = 846.
  expect(lines).toEqual({
    '4': '11.00',
    '5': '-1.00',
    '6': '-200.00',
    '7': '-129.00',
    '11': '12.00',
    '12': '2.00',
    '13': '33.00',
    '14': '-50.00',
    '15': '846.00',
    '16': '717.00',
    '21': '0.00',
  })
})

test('by Exception 1, sales with a reported basis and no adjustment go to line 1a, and the others to line 1b', () => {
  const rows = [
    realised({ transactionId: 'plain', term: 'short', proceeds: '500.00', basis: '400.00' }),
    realised({ transactionId: 'wash', term: 'short', proceeds: '500.00', basis: '600.00', disallowedLoss: '40.00' }),
  ]
  const unreported = realised({ transactionId: 'b', term: 'short', acquiredOn: null, proceeds: '30.00', basis: '10.00' })
  const { lines, sums } = scheduleD(of(...rows, unreported), { ...joint, totalsWithoutForm: true })
  expect([sums['1a'].gain, sums['1b'].gain, sums['2'].gain, lines['7']]).toEqual(['100.00', '-60.00', '20.00', '60.00'])
})

const carried = (line7: number, line15: number, line21: number, income: number | null) =>
  Object.values(lossCarryover(new Decimal(line7), new Decimal(line15), new Decimal(line21), income === null ? null : new Decimal(income)))

test.each([
  // Worksheet lines 4 to 8: 3,000 is used on the short-term loss of 5,000; lines 9 to 13: the long-term loss of 1,000 stays.
  ['short-term losses are used first', [-5000, -1000, 3000, 40_000], ['2000.00', '1000.00']],
  // Line 6: a long-term gain of 1,500 is used with the deduction: 6,000 - (3,000 + 1,500).
  ['a long-term gain reduces the short-term loss', [-6000, 1500, 3000, 40_000], ['1500.00', '0.00']],
  // Lines 10 to 13: a short-term gain of 500 and the rest of the deduction: 4,000 - (500 + 3,000).
  ['a short-term gain reduces the long-term loss', [500, -4000, 3000, 40_000], ['0.00', '500.00']],
  // Line 11: 3,000 - 2,000 = 1,000 of the deduction is left for the long-term loss of 4,000.
  ['what is left of the deduction reduces the long-term loss', [-2000, -4000, 3000, 40_000], ['0.00', '3000.00']],
  // Line 3: -1,000 + 3,000 = 2,000 is all that was used.
  ['a taxable income below zero uses less of the loss', [-5000, 0, 3000, -1000], ['3000.00', '0.00']],
  ['a taxable income far below zero uses nothing of it', [-5000, 0, 3000, -9000], ['5000.00', '0.00']],
  ['an unknown taxable income counts as enough', [-5000, 0, 3000, null], ['2000.00', '0.00']],
] as const)('Capital Loss Carryover Worksheet: %s', (_, [line7, line15, line21, income], expected) => {
  expect(carried(line7, line15, line21, income)).toEqual(expected)
})
