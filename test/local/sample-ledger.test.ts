import { expect, test } from 'vitest'
import { sampleFiles } from '../../local/sample-ledger.ts'
import { addDays, type CalendarDate } from '../../domain/shared/index.ts'

const opening = { 'Joint checking': 6240.18, 'Rainy-day savings': 24_500, 'Travel card': -1284.37 } as const
const limits = { 'Joint checking': -500, 'Rainy-day savings': 0, 'Travel card': -12_000 } as const

const rowsOf = (today: CalendarDate, name: string) =>
  sampleFiles(today)
    .get(name)!
    .split('\n')
    .slice(1)
    .map(row => row.split(','))

test('the sample transactions end on the day they are made, and no account goes beyond its limit, whatever the day', () => {
  for (let day = 0; day < 400; day += 1) {
    const today = addDays('2027-12-01', day)
    for (const name of Object.keys(limits) as (keyof typeof limits)[]) {
      const rows = rowsOf(today, name)
      let balance: number = opening[name]
      for (const [, , , amount] of rows) {
        balance += Number(amount)
        if (balance < limits[name]) throw new Error(`${name} has ${balance} when it is made on ${today}`)
      }
      expect(rows.at(-1)![0]! <= today).toBe(true)
    }
  }
})

test('what leaves the checking account for the card and the savings arrives there', () => {
  const sum = (name: string, payee: RegExp) =>
    rowsOf('2026-11-27', name).reduce((cents, [, text, , amount]) => cents + (payee.test(text!) ? Math.round(Number(amount) * 100) : 0), 0)
  for (const [name, payee] of [
    ['Travel card', /^Card payment$/],
    ['Rainy-day savings', /^Transfer/],
  ] as const) {
    expect(sum(name, payee)).toBeGreaterThan(0)
    expect(sum('Joint checking', payee)).toBe(-sum(name, payee))
  }
})
