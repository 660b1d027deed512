import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type InputType, type Opening, type RollForward, rollPlanForward } from '../../../domain/planning/index.ts'

const ACCOUNT = '01990000-0000-7000-8000-00000000000a'
const MORTGAGE = '01990000-0000-7000-8000-00000000000b'

const input = (inputType: InputType, inputName: string, inputValue: object) => ({
  inputType,
  inputName,
  inputValue,
  dataSource: 'user_input',
  confidenceScore: null,
})
const plan = (...inputs: Opening['inputs']): Opening => ({
  asOfDate: '2026-03-15',
  planningHorizonYears: 30,
  inputs: [input('account', 'Brokerage', { balance: '100.00', basis: '80.00', linkedAccountId: ACCOUNT }), ...inputs],
})
const balances = [{ linkedAccountId: ACCOUNT, balance: '130.00' }]
const rollTo = (opening: Opening, date: string, priceChange = 0) => rollPlanForward(opening, { date, balances, priceChange })
const after = (date: string, inputType: InputType, inputValue: object, priceChange = 0) =>
  rollTo(plan(input(inputType, 'It', inputValue)), date, priceChange).inputs.find(({ inputName }) => inputName === 'It')?.inputValue

test('a basis that was taken from tax lots has its day; one that is entered has none, and without a new one both stay', () => {
  const taken = { ...balances[0]!, basis: '90.00', basisAsOf: '2026-08-31' }
  const valueAfter = (opening: Opening, balance: RollForward['balances'][number], date: string) =>
    rollPlanForward(opening, { date, balances: [balance], priceChange: 0 })
  const first = valueAfter(plan(), taken, '2026-08-31')
  expect(first.inputs[0]!.inputValue).toEqual({ balance: '130.00', basis: '90.00', basisAsOf: '2026-08-31', linkedAccountId: ACCOUNT })
  expect(valueAfter(first, balances[0]!, '2026-09-30').inputs[0]!.inputValue).toMatchObject({ basis: '90.00', basisAsOf: '2026-08-31' })
  expect(valueAfter(first, { ...balances[0]!, basis: '91.00' }, '2026-09-30').inputs[0]!.inputValue).toEqual({
    balance: '130.00',
    basis: '91.00',
    linkedAccountId: ACCOUNT,
  })
})

test('a linked account takes its actual balance and keeps its link and, by default, its basis', () => {
  expect(rollTo(plan(), '2026-08-31')).toEqual({
    asOfDate: '2026-08-31',
    planningHorizonYears: 30,
    inputs: [
      {
        ...input('account', 'Brokerage', { balance: '130.00', basis: '80.00', linkedAccountId: ACCOUNT }),
        dataSource: 'imported',
        confidenceScore: '1.00',
      },
    ],
  })
  const withBasis = rollPlanForward(plan(), { date: '2026-08-31', balances: [{ ...balances[0]!, basis: '95.00' }], priceChange: 0 })
  expect(withBasis.inputs[0]!.inputValue).toMatchObject({ basis: '95.00' })
})

test('plan years keep their calendar years', () => {
  expect(rollTo(plan(), '2028-01-31').planningHorizonYears).toBe(28)
  expect(after('2028-01-31', 'goal', { year: 5, amount: '10.00' })).toEqual({ year: 3, amount: '10.00' })
  expect(after('2028-01-31', 'goal', { year: 2, amount: '10.00' })).toEqual({ year: 0, amount: '10.00' })
  expect(after('2028-01-31', 'goal', { year: 1, amount: '10.00' })).toBeUndefined()
  expect(after('2028-01-31', 'expense', { annualAmount: '10.00', startYear: 1, endYear: 4 })).toEqual({
    annualAmount: '10.00',
    startYear: 0,
    endYear: 2,
  })
  expect(after('2028-01-31', 'expense', { annualAmount: '10.00', startYear: 0, endYear: 2 })).toBeUndefined()
  expect(after('2028-01-31', 'income', { annualAmount: '10.00', startYear: 0, endYear: null })).toMatchObject({ endYear: null })
  expect(after('2028-01-31', 'property', { value: '10.00', basis: '1.00', growthRate: 0, saleYear: 1 })).toBeUndefined()
  expect(after('2028-01-31', 'property', { value: '10.00', basis: '1.00', growthRate: 0, saleYear: 2 })).toMatchObject({ saleYear: 0 })
})

test('growing amounts grow, and indexed amounts are restated', () => {
  const raise = { annualAmount: '1000.00', startYear: 1, growthRate: 0.1, indexedToInflation: true }
  expect(after('2029-01-31', 'income', raise)).toMatchObject({ annualAmount: '1210.00', startYear: 0 })
  expect(after('2029-01-31', 'income', raise, 0.05)).toMatchObject({ annualAmount: '1270.50' })
  expect(after('2029-01-31', 'income', { ...raise, indexedToInflation: false }, 0.05)).toMatchObject({ annualAmount: '1210.00' })
  expect(after('2028-01-31', 'property', { value: '1000.00', basis: '1.00', growthRate: 0.02 }, 0.05)).toMatchObject({ value: '1092.42' })
  const conversion = { amount: { kind: 'fixed', annualAmount: '100.00', indexedToInflation: true }, startYear: 0, endYear: 5 }
  expect(after('2028-01-31', 'roth_conversion', conversion, 0.05)).toEqual({
    amount: { kind: 'fixed', annualAmount: '105.00', indexedToInflation: true },
    startYear: 0,
    endYear: 3,
  })
})

test('a primary insurance amount is restated, and earnings of past years are not', () => {
  const person = { birthDate: '1970-01-01', retirementAge: 65 }
  const pia = { benefit: { kind: 'pia', monthlyAmount: '2000.00' }, claimingAgeMonths: 800 }
  expect(after('2028-01-31', 'person', { ...person, socialSecurity: pia }, 0.05)).toMatchObject({
    socialSecurity: { benefit: { kind: 'pia', monthlyAmount: '2100.00' }, claimingAgeMonths: 800 },
  })
  const earnings = { benefit: { kind: 'earnings', byYear: [{ year: 2000, amount: '50000.00' }] }, claimingAgeMonths: 800 }
  expect(after('2028-01-31', 'person', { ...person, socialSecurity: earnings }, 0.05)).toMatchObject({ socialSecurity: earnings })
  expect(after('2028-01-31', 'person', { ...person, socialSecurity: null }, 0.05)).toMatchObject({ socialSecurity: null })
})

test('half a cent of growth is rounded up, though a float product is just below it', () => {
  expect(after('2027-01-31', 'property', { value: '50.00', basis: '1.00', growthRate: 0.0131 })).toMatchObject({ value: '50.66' })
})

test('a debt without a link is paid down, and a linked debt takes its actual balance', () => {
  const debt = { balance: '1000.00', annualRate: 0.05, annualPayment: '400.00' }
  expect(after('2027-01-31', 'debt', debt)).toMatchObject({ balance: '630.00' })
  expect(after('2029-01-31', 'debt', debt)).toBeUndefined()
  const mortgage = plan(input('debt', 'Mortgage', { ...debt, linkedAccountId: MORTGAGE }))
  const withMortgage = [...balances, { linkedAccountId: MORTGAGE, balance: '77.00' }]
  const { inputs } = rollPlanForward(mortgage, { date: '2029-01-31', balances: withMortgage, priceChange: 0 })
  expect(inputs[1]!.inputValue).toMatchObject({ balance: '77.00' })
})

test('a glide path continues from the weights that it has reached', () => {
  const points = [
    { year: 0, weights: { stocks: 0.8, bonds: 0.2 } },
    { year: 10, weights: { bonds: 1 } },
  ]
  expect(after('2030-06-30', 'account', { balance: '1.00', allocation: points })).toEqual({
    balance: '1.00',
    allocation: [
      { year: 0, weights: { stocks: expect.closeTo(0.48, 12), bonds: expect.closeTo(0.52, 12) } },
      { year: 6, weights: { bonds: 1 } },
    ],
  })
  expect(after('2040-06-30', 'account', { balance: '1.00', allocation: points })).toEqual({
    balance: '1.00',
    allocation: [{ year: 0, weights: { bonds: 1 } }],
  })
})

test('monthly roll-forwards give the same plan as a single one', () => {
  const months = (date: string, count: number) => {
    const day = new Date(`${date.slice(0, 7)}-01T00:00:00Z`)
    day.setUTCMonth(day.getUTCMonth() + count)
    return day.toISOString().slice(0, 10)
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 1, max: 60 }), (year, count) => {
      const start = plan(
        input('goal', 'Goal', { year, amount: '10.00', indexedToInflation: true }),
        input('expense', 'Flow', {
          annualAmount: '10.00',
          startYear: year >> 1,
          endYear: year + 1,
          growthRate: 0,
          indexedToInflation: true,
        }),
      )
      const dates = Array.from({ length: count }, (_, index) => months('2026-03-15', index + 1))
      const monthly = dates.reduce((opening, date) => rollTo(opening, date), start)
      expect(monthly).toEqual(rollTo(start, dates.at(-1)!))
    }),
  )
})

describe('a plan that cannot be rolled forward is refused with the field at fault:', () => {
  const faults = (opening: Opening, changes: Partial<Parameters<typeof rollPlanForward>[1]>) => {
    try {
      rollPlanForward(opening, { date: '2026-08-31', balances, priceChange: 0, ...changes })
    } catch (error) {
      return (error as { issues: { path: string }[] }).issues.map(({ path }) => path)
    }
    return []
  }

  test('dates and linked accounts', () => {
    expect(faults(plan(), { date: '2026-03-14' })).toEqual(['date'])
    expect(faults(plan(), { date: '2056-01-01' })).toEqual(['date'])
    expect(faults(plan(), { balances: [...balances, ...balances] })).toEqual(['balances.1.linkedAccountId'])
    expect(faults(plan(), { balances: [{ linkedAccountId: MORTGAGE, balance: '1.00' }] })).toEqual([
      'balances.0.linkedAccountId',
      'balances',
    ])
    expect(faults({ ...plan(), inputs: [] }, {})).toEqual(['balances'])
    const debt = input('debt', 'Mortgage', { balance: '1.00', annualRate: 0, annualPayment: '0.00', linkedAccountId: MORTGAGE })
    expect(faults(plan(debt), { balances: [...balances, { linkedAccountId: MORTGAGE, balance: '1.00', basis: '1.00' }] })).toEqual([
      'balances.1.basis',
    ])
  })

  test('a day of tax lots without a basis, or of anything but an account', () => {
    expect(faults(plan(), { balances: [{ ...balances[0]!, basisAsOf: '2026-08-31' }] })).toEqual(['balances.0.basisAsOf'])
    const home = input('property', 'Home', { value: '1.00', basis: '1.00', linkedAccountId: MORTGAGE })
    const ofHome = { linkedAccountId: MORTGAGE, balance: '1.00', basis: '1.00', basisAsOf: '2026-08-31' }
    expect(faults(plan(home), { balances: [...balances, ofHome] })).toEqual(['balances.1.basisAsOf'])
    const roth: Opening = { ...plan(), inputs: [input('account', 'Roth', { balance: '1.00', kind: 'roth', linkedAccountId: ACCOUNT })] }
    expect(faults(roth, { balances: [{ ...balances[0]!, basis: '1.00', basisAsOf: '2026-08-31' }] })).toEqual(['balances.0.basisAsOf'])
  })

  test('amounts above the limit of a plan, which its schema could not read', () => {
    const tooMuch = '1000000000000.01'
    const two = [...balances, { linkedAccountId: MORTGAGE, balance: tooMuch }]
    const home = plan(input('property', 'Home', { value: '1.00', basis: '1.00', linkedAccountId: MORTGAGE }))
    expect(faults(home, { balances: two })).toEqual(['balances.1.balance'])
    expect(faults(plan(), { balances: [{ ...balances[0]!, basis: tooMuch }] })).toEqual(['balances.0.basis'])
    const expense = input('expense', 'Living', { annualAmount: '600000000000.00', indexedToInflation: true })
    expect(faults(plan(expense), { priceChange: 0.6 })).toEqual([])
    expect(faults(plan(expense), { priceChange: 1 })).toEqual(['priceChange'])
    const growing = input('income', 'Salary', { annualAmount: '600000000000.00', growthRate: 0.5 })
    expect(faults(plan(growing), { date: '2027-08-31' })).toEqual([])
    expect(faults(plan(growing), { date: '2028-08-31' })).toEqual(['date'])
  })
})
