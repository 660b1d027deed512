import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayOfWeek } from '../../../domain/shared/index.ts'
import { detectRecurring, recurringName, type RecurringTransaction } from '../../../domain/wealth/index.ts'

let count = 0
const payment = (date: string, amount = '-15.49', description = 'NETFLIX.COM 866-579-7172'): RecurringTransaction => ({
  id: `t${String((count += 1)).padStart(4, '0')}`,
  accountId: 'a1',
  date,
  amount,
  description,
  merchantName: null,
})
const times = <Value>(length: number, make: (index: number) => Value): Value[] => Array.from({ length }, (_, index) => make(index))
const onWorkday = (date: string): string => addDays(date, dayOfWeek(date) === 6 ? 2 : dayOfWeek(date) === 7 ? 1 : 0)
const detect = (list: readonly RecurringTransaction[], today = '2026-07-01') => detectRecurring(list, { today })

describe('the name of a payment', () => {
  it.each([
    ['NETFLIX.COM 866-579-7172 03/14 REF A1B2C3', 'netflix com'],
    ['Café Ünion 12 MAR', 'cafe union'],
    ['123456', ''],
  ])('%s: %s', (text, expected) => {
    expect(recurringName(text)).toBe(expected)
  })
})

describe('detecting what repeats', () => {
  it.each([
    ['weekly', times(8, index => addDays('2026-05-04', 7 * index)), '2026-06-29'],
    ['biweekly', times(10, index => addDays('2026-02-13', 14 * index)), '2026-07-03'],
    ['semi_monthly', times(6, index => [`2026-0${index + 1}-01`, `2026-0${index + 1}-15`]).flat(), '2026-07-01'],
    ['monthly', times(6, index => onWorkday(addMonths('2026-01-31', index))), '2026-07-31'],
    ['quarterly', times(5, index => addMonths('2025-05-10', 3 * index)), '2026-08-10'],
    ['half_yearly', times(4, index => addMonths('2024-11-20', 6 * index)), '2026-11-20'],
    ['yearly', times(3, index => addMonths('2024-03-05', 12 * index)), '2027-03-05'],
  ])('finds %s payments', (period, dates, nextDate) => {
    const found = detect(dates.map(date => payment(date)))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ period, nextDate, direction: 'out', amountLow: '-15.49', missed: [] })
    expect(found[0]!.transactionIds).toHaveLength(dates.length)
    expect(found[0]!.confidence).toBeGreaterThanOrEqual(0.75)
  })

  it('names missed payments and changes of the price', () => {
    const dates = times(8, index => addMonths('2025-11-05', index)).filter(date => date !== '2026-02-05')
    const found = detect(dates.map(date => payment(date, date < '2026-04' ? '-15.49' : '-17.99')))
    expect(found[0]).toMatchObject({
      missed: ['2026-02-05'],
      amountLow: '-17.99',
      amountHigh: '-15.49',
      priceChanges: [{ date: '2026-04-05', from: '-15.49', to: '-17.99' }],
    })
  })

  it('names the payment that did not come', () => {
    const found = detect(times(6, index => payment(addMonths('2025-12-10', index))))
    expect(found[0]).toMatchObject({ lastDate: '2026-05-10', nextDate: '2026-06-10', missed: ['2026-06-10'] })
  })

  it('leaves out what has ended', () => {
    expect(detect(times(6, index => payment(addMonths('2025-01-10', index))))).toEqual([])
  })

  it('is not fooled by a shop that is visited often', () => {
    let seed = 7
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    for (const gap of [2, 7, 14, 30]) {
      let date = '2024-01-01'
      const visits = times(40, () => {
        date = addDays(date, 1 + Math.floor(-Math.log(1 - random()) * gap))
        return payment(date, `-${(5 + random() * 90).toFixed(2)}`, 'CORNER MARKET')
      })
      expect(detect(visits, date), `every ${gap} days`).toEqual([])
    }
  })

  it('is not fooled by weekly shopping of changing amounts', () => {
    const amounts = ['-41.20', '-88.10', '-12.75', '-60.00', '-35.35', '-97.40', '-22.10', '-70.80']
    expect(detect(amounts.map((amount, index) => payment(addDays('2026-05-02', 7 * index), amount)))).toEqual([])
  })

  it('tells two subscriptions of one merchant apart by their amounts', () => {
    const list = times(6, index => [
      payment(addMonths('2026-01-03', index), '-2.99', 'APPLE.COM/BILL'),
      payment(addMonths('2026-01-17', index), '-9.99', 'APPLE.COM/BILL'),
    ])
    const found = detect(list.flat())
    expect(found.map(({ lastAmount, period }) => `${period} ${lastAmount}`).toSorted()).toEqual(['monthly -2.99', 'monthly -9.99'])
  })

  it('finds bills that vary, and keeps accounts and directions apart', () => {
    const bills = ['-81.20', '-95.10', '-110.75', '-99.00', '-85.35', '-78.40'].map((amount, index) =>
      payment(addMonths('2026-01-20', index), amount, 'CITY POWER'),
    )
    const refunds = times(2, index => payment(addMonths('2026-01-21', index), '5.00', 'CITY POWER'))
    const elsewhere = { ...payment('2026-04-20', '-80.00', 'CITY POWER'), accountId: 'a2' }
    const found = detect([...bills, ...refunds, elsewhere])
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ amountLow: '-110.75', amountHigh: '-78.40' })
  })

  it('leaves out transfers, and has the same result for every order', () => {
    const list = times(6, index => payment(addMonths('2026-01-05', index)))
    expect(detectRecurring(list, { today: '2026-07-01', excluded: new Set(list.map(({ id }) => id)) })).toEqual([])
    expect(detect(list.toReversed())).toEqual(detect(list))
  })
})
