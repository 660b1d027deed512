import { Decimal, DomainError, formatMoney, type Issue, type Money, parseMoney, roundMoney, yearOf } from '../shared/index.ts'
import { schemaVersionOf, tryPlanInput } from './inputs/read-plan-input.ts'
import type { PlanInputState } from './plan-history.ts'

/** The balance of a real account, debt or property on the date that a plan is rolled forward to. */
export interface ActualBalance {
  readonly linkedAccountId: string
  readonly balance: Money
  /** Cost basis. When left out, the input keeps its own. */
  readonly basis?: Money | undefined
  /** The day on which the basis was taken from tax lots. When left out, a given basis was entered. */
  readonly basisAsOf?: string | undefined
}

/** The parts of a plan that change when it is rolled forward. */
export interface Opening {
  readonly asOfDate: string
  readonly planningHorizonYears: number
  readonly inputs: readonly PlanInputState[]
}

export interface RollForward {
  /** New as-of date. */
  readonly date: string
  readonly balances: readonly ActualBalance[]
  /** Change of prices since the old as-of date, as a fraction. */
  readonly priceChange: number
}

/** Plans are in US dollars. */
const CURRENCY = 'USD'

type Value = Readonly<Record<string, unknown>>
interface GlidePoint {
  readonly year: number
  readonly weights: Readonly<Record<string, number>>
}

/** The field that takes the actual balance, by input type. */
const balanceFields: Readonly<Record<string, string>> = { account: 'balance', debt: 'balance', property: 'value' }

const valueOf = (input: PlanInputState): Value => input.inputValue as Value
const linkOf = (input: PlanInputState): string | undefined => valueOf(input).linkedAccountId as string | undefined

/**
 * Rolls a plan forward to a later as-of date. Linked accounts, debts and properties take their actual balances. Everything else moves on
 * as planned: inputs that are over are removed, growing amounts grow, debts without a link are paid down, glide paths continue from the
 * point that they have reached. Plan years keep their calendar years and the horizon ends in the same year, so that monthly roll-forwards
 * give the same plan as a single one. Amounts in money of the as-of date are restated by `priceChange`.
 *
 * @throws DomainError naming `balances.<n>`, `balances`, `date` or `priceChange`: for an account that is not linked, given twice or left
 *   out, for a basis of a debt, for a day of tax lots without a basis or of anything but an account, for a date before the plan's as-of date or past its horizon, for an amount above the limit of a plan
 */
export const rollPlanForward = (plan: Opening, change: RollForward): Opening => {
  const { balances, date, priceChange } = change
  const years = yearOf(date) - yearOf(plan.asOfDate)
  const issues = [...faultsOfDate(plan, date, years), ...faultsOfBalances(plan, balances)]
  if (issues.length > 0) throw new DomainError(issues)
  const actual = new Map(balances.map(balance => [balance.linkedAccountId, balance]))
  const inputs = plan.inputs.flatMap(input => {
    const moved = moveOn(input, years, onePlus(priceChange))
    const found = actual.get(linkOf(input) ?? '')
    return moved ? [found ? withActualBalance(moved, found) : settle(moved, years)].filter(left => left !== undefined) : []
  })
  const unreadable = inputs.flatMap(input => faultsOfMoved(input, change))
  if (unreadable.length > 0) throw new DomainError(unreadable)
  return { asOfDate: date, planningHorizonYears: plan.planningHorizonYears - years, inputs }
}

/** The issues of an input that its schema cannot read after the move, each at the member of the roll-forward that caused it. */
const faultsOfMoved = (input: PlanInputState, { balances, priceChange }: RollForward): Issue[] => {
  const reading = tryPlanInput({ ...input, schemaVersion: schemaVersionOf(input.inputType) })
  if ('input' in reading) return []
  const index = balances.findIndex(({ linkedAccountId }) => linkedAccountId === linkOf(input))
  const cause = priceChange === 0 ? 'date' : 'priceChange'
  return reading.issues.map(({ message, path }) =>
    index >= 0
      ? { path: `balances.${index}.${path === 'basis' || path === 'basisAsOf' ? path : 'balance'}`, message }
      : { path: cause, message: `moves ${path} of ${input.inputName} out of range: ${message}` },
  )
}

const faultsOfDate = (plan: Opening, date: string, years: number): Issue[] => {
  if (date < plan.asOfDate) return [{ path: 'date', message: `must not be before the plan’s as-of date ${plan.asOfDate}` }]
  if (years >= plan.planningHorizonYears) return [{ path: 'date', message: 'must be within the plan’s horizon' }]
  return []
}

const faultsOfBalances = (plan: Opening, balances: readonly ActualBalance[]): Issue[] => {
  const linked = new Map(plan.inputs.flatMap(input => (linkOf(input) === undefined ? [] : [[linkOf(input)!, input] as const])))
  if (linked.size === 0) return [{ path: 'balances', message: 'the plan has no linked account' }]
  const left = new Set(linked.keys())
  const issues = balances.flatMap(({ basis, basisAsOf, linkedAccountId }, index): Issue[] => {
    const path = `balances.${index}`
    const input = linked.get(linkedAccountId)
    if (!input) return [{ path: `${path}.linkedAccountId`, message: 'no input of the plan is linked to this account' }]
    if (!left.delete(linkedAccountId)) return [{ path: `${path}.linkedAccountId`, message: 'must be unique' }]
    if (basis !== undefined && input.inputType === 'debt') return [{ path: `${path}.basis`, message: 'a debt has no cost basis' }]
    if (basisAsOf !== undefined && input.inputType !== 'account')
      return [{ path: `${path}.basisAsOf`, message: 'only an account has tax lots' }]
    if (basisAsOf !== undefined && basis === undefined) return [{ path: `${path}.basisAsOf`, message: 'needs the basis that was taken' }]
    return []
  })
  const names = plan.inputs.filter(input => left.has(linkOf(input) ?? '')).map(input => input.inputName)
  return names.length > 0 ? [...issues, { path: 'balances', message: `leaves out ${names.join(', ')}` }] : issues
}

const withActualBalance = (input: PlanInputState, { balance, basis, basisAsOf }: ActualBalance): PlanInputState => {
  const { basis: oldBasis, basisAsOf: oldDay, ...value } = valueOf(input)
  const [newBasis, newDay] = basis === undefined ? [oldBasis, oldDay] : [basis, basisAsOf]
  return {
    ...input,
    inputValue: {
      ...value,
      [balanceFields[input.inputType]!]: balance,
      ...(newBasis === undefined ? {} : { basis: newBasis }),
      ...(newDay === undefined ? {} : { basisAsOf: newDay }),
    },
    dataSource: 'imported',
    confidenceScore: '1.00',
  }
}

const cents = (amount: Decimal): Money => formatMoney(amount, CURRENCY)
const amountOf = (money: unknown): Decimal => parseMoney(money as Money, CURRENCY)
const onePlus = (rate: number): Decimal => new Decimal(1).plus(rate)

/** The input after a number of calendar years; undefined when it is over by then. */
const moveOn = (input: PlanInputState, years: number, prices: Decimal): PlanInputState | undefined => {
  const value = valueOf(input)
  const number = (field: string): number | undefined => (typeof value[field] === 'number' ? value[field] : undefined)
  const isPast = [number('endYear'), number('year') === undefined ? undefined : number('year')! + 1, saleEnd(number('saleYear'))].some(
    end => end !== undefined && years > 0 && end <= years,
  )
  if (isPast) return undefined
  const moved: Record<string, unknown> = restate(value, prices)
  for (const field of ['startYear', 'endYear', 'year', 'saleYear']) {
    const year = number(field)
    if (year !== undefined) moved[field] = Math.max(0, year - years)
  }
  const grown = Math.max(0, years - (number('startYear') ?? 0))
  const growth = onePlus(number('growthRate') ?? 0)
  if (typeof moved.annualAmount === 'string') moved.annualAmount = cents(amountOf(moved.annualAmount).times(growth.pow(grown)))
  if (Array.isArray(value.allocation)) moved.allocation = glideOn(value.allocation as GlidePoint[], years)
  if (input.inputType === 'property') moved.value = cents(amountOf(value.value).times(prices).times(growth.pow(years)))
  return { ...input, inputValue: moved }
}

/** A debt without an actual balance is paid down as planned; undefined when it is paid off. Other inputs stay as they are. */
const settle = (input: PlanInputState, years: number): PlanInputState | undefined => {
  if (input.inputType !== 'debt') return input
  const balance = owedAfter(valueOf(input), years)
  return balance.isZero() ? undefined : { ...input, inputValue: { ...valueOf(input), balance: cents(balance) } }
}

/** First year without the property: it is sold at the start of `saleYear`. */
const saleEnd = (saleYear: number | undefined): number | undefined => (saleYear === undefined ? undefined : saleYear + 1)

/** Restates amounts in money of the old as-of date in money of the new one. A primary insurance amount is always in such money. */
const restate = (value: Value, prices: Decimal): Record<string, unknown> => {
  const restated: Record<string, unknown> = { ...value }
  for (const field of ['socialSecurity', 'benefit'])
    if (typeof value[field] === 'object' && value[field] !== null) restated[field] = restate(value[field] as Value, prices)
  if (typeof value.monthlyAmount === 'string') restated.monthlyAmount = cents(amountOf(value.monthlyAmount).times(prices))
  for (const field of ['annualAmount', 'amount']) {
    const amount = value[field]
    if (typeof amount === 'string' && value.indexedToInflation === true) restated[field] = cents(amountOf(amount).times(prices))
    else if (typeof amount === 'object' && amount !== null) restated[field] = restate(amount as Value, prices)
  }
  return restated
}

/** What is owed after a number of years. Each year the payment comes first, then the interest. */
const owedAfter = (debt: Value, years: number): Decimal => {
  const payment = amountOf(debt.annualPayment)
  let owed = amountOf(debt.balance)
  for (let year = 0; year < years; year++) {
    owed = owed.minus(Decimal.min(owed, payment)).times(onePlus(debt.annualRate as number))
  }
  return roundMoney(owed, CURRENCY)
}

/** A glide path from a later year on. It begins with the weights that the old one has reached by then. */
const glideOn = (path: readonly GlidePoint[], years: number): GlidePoint[] => {
  const later = path.filter(point => point.year > years).map(point => ({ ...point, year: point.year - years }))
  const before = path.findLast(point => point.year <= years)
  if (!before) return later
  const next = path.find(point => point.year > years)
  const passed = next ? (years - before.year) / (next.year - before.year) : 0
  const keys = [...new Set([...Object.keys(before.weights), ...Object.keys(next?.weights ?? {})])]
  const weights = keys.map((key): [string, number] => {
    const from = before.weights[key] ?? 0
    const to = next ? (next.weights[key] ?? 0) : from
    return [key, from + passed * (to - from)]
  })
  return [{ year: 0, weights: Object.fromEntries(weights) }, ...later]
}
