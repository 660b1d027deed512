import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { GUYTON_KLINGER_2006, type SpendingRuleSpec } from '../../../../domain/planning/spending/index.ts'
import { createSpendingState, beginPath, prepareSpendingRule, spendingForYear } from '../../../../domain/planning/spending/index.ts'
import { spending } from './paths.ts'

/* A second, plain implementation of each rule from its publication, compared on a portfolio that pays the spending. */

interface Market {
  returns: number[]
  inflation: number[]
}

/** Bounds are in hundredths of a percent, so that no rate is a denormal number. */
const rate = (min: number, max: number) => fc.integer({ min, max }).map(points => points / 10_000)
const market = fc.integer({ min: 2, max: 35 }).chain(years =>
  fc.record({
    returns: fc.array(rate(-3500, 4000), { minLength: years, maxLength: years }),
    inflation: fc.array(rate(-200, 1400), { minLength: years, maxLength: years }),
  }),
)

const FIRST_AGE = 60

/** The yearly spending of a rule. The balance that is left grows with the market. */
function spendingOf(rule: SpendingRuleSpec, { returns, inflation }: Market, essentialReal: number): number[] {
  const prepared = prepareSpendingRule(spending(rule, { essentialReal }))
  const state = createSpendingState()
  beginPath(state)
  let balance = 1_000_000
  let priceIndex = 1
  return returns.map((portfolioReturn, year) => {
    const spent = spendingForYear(prepared, state, {
      age: FIRST_AGE + year,
      balance,
      priceIndex,
      inflation: inflation[year - 1] ?? 0,
      portfolioReturn: returns[year - 1] ?? 0,
      yearsLeft: returns.length - year,
    })
    balance = Math.max(1, (balance - spent) * (1 + portfolioReturn))
    priceIndex *= 1 + inflation[year]!
    return spent
  })
}

/** A reference rule. It gets the past and the present of a path, as every rule may. */
type ReferenceRule = (year: number, balances: number[], spent: number[], market: Market) => number

function referenceSpending(rule: ReferenceRule, given: Market, essentialReal: number): number[] {
  const balances = [1_000_000]
  const spent: number[] = []
  for (let year = 0; year < given.returns.length; year++) {
    const needed = essentialReal * prices(given, year)
    spent.push(Math.max(needed, rule(year, balances, spent, given)))
    balances.push(Math.max(1, (balances[year]! - spent[year]!) * (1 + given.returns[year]!)))
  }
  return spent
}

const prices = ({ inflation }: Market, year: number): number => inflation.slice(0, year).reduce((index, rate) => index * (1 + rate), 1)

const initial = { kind: 'rate', rate: 0.05 } as const

const guytonKlinger =
  (freezes: boolean, cap: number): ReferenceRule =>
  (year, balances, spent, { returns, inflation }) => {
    if (year === 0) return 0.05 * balances[0]!
    const firstRate = spent[0]! / balances[0]!
    const rate = spent[year - 1]! / balances[year]!
    const isFrozen = freezes && returns[year - 1]! < 0 && rate > firstRate
    let amount = isFrozen ? spent[year - 1]! : spent[year - 1]! * (1 + Math.min(cap, inflation[year - 1]!))
    const yearsLeft = returns.length - year
    if (rate > 1.2 * firstRate && yearsLeft > 15) amount *= 0.9
    else if (rate < 0.8 * firstRate) amount *= 1.1
    return amount
  }

const banded =
  (middle: (year: number, spent: number[], given: Market) => number, below: number, above: number): ReferenceRule =>
  (year, balances, spent, given) => {
    const share = 0.05 * balances[year]!
    if (year === 0) return share
    return Math.min(Math.max(share, middle(year, spent, given) * (1 - below)), middle(year, spent, given) * (1 + above))
  }

const ratchet: ReferenceRule = (year, balances, spent, given) => {
  if (year === 0) return 0.05 * balances[0]!
  const level = spent.map((amount, past) => amount / prices(given, past))
  const lastRaise = level.findLastIndex((amount, past) => past > 0 && amount > level[past - 1]! * 1.05)
  const mayRaise = balances[year]! > 1.5 * balances[0]! && (lastRaise === -1 || year - lastRaise >= 3)
  return level[year - 1]! * prices(given, year) * (mayRaise ? 1.1 : 1)
}

const DIVISORS = [27.4, 26.5, 25.5, 24.6, 23.7]

const RULES: [string, SpendingRuleSpec, ReferenceRule][] = [
  ['constant real', { kind: 'constant-real', initial }, (year, _, spent, given) => (year === 0 ? 50_000 : spent[0]! * prices(given, year))],
  ['fixed percent', { kind: 'fixed-percent', rate: 0.05 }, (year, balances) => 0.05 * balances[year]!],
  ['Guyton and Klinger 2006', { ...GUYTON_KLINGER_2006, initial }, guytonKlinger(true, 1)],
  ['Guyton and Klinger without freezing', { ...GUYTON_KLINGER_2006, initial, freezeAfterLoss: false }, guytonKlinger(false, 1)],
  ["Guyton's cap of 2004", { ...GUYTON_KLINGER_2006, initial, inflationCap: 0.06 }, guytonKlinger(true, 0.06)],
  [
    "Bengen's floor and ceiling",
    { kind: 'floor-ceiling', around: 'first', rate: 0.05, floorBelow: 0.15, ceilingAbove: 0.2 },
    banded((year, spent, given) => spent[0]! * prices(given, year), 0.15, 0.2),
  ],
  [
    "Vanguard's dynamic spending",
    { kind: 'floor-ceiling', around: 'last', rate: 0.05, floorBelow: 0.025, ceilingAbove: 0.05 },
    banded((year, spent, { inflation }) => spent[year - 1]! * (1 + inflation[year - 1]!), 0.025, 0.05),
  ],
  [
    'variable percentage withdrawal',
    { kind: 'vpw', growthReal: 0.0376, legacyReal: 0 },
    (year, balances, _, { returns }) => {
      const left = returns.length - year
      return (balances[year]! * 0.0376) / (1 - 1.0376 ** -left) / 1.0376
    },
  ],
  [
    'required minimum distributions',
    { kind: 'rmd', firstAge: 72, divisors: DIVISORS },
    (year, balances) => {
      const age = FIRST_AGE + year
      return balances[year]! / (age < 72 ? 27.4 + 72 - age : DIVISORS[Math.min(age - 72, 4)]!)
    },
  ],
  ['the ratchet of Kitces', { kind: 'ratchet', initial, threshold: 0.5, thresholdIn: 'nominal', raise: 0.1, everyYears: 3 }, ratchet],
  [
    'the 95 % rule',
    { kind: 'ninety-five-percent', rate: 0.04, keep: 0.95 },
    (year, balances, spent) => Math.max(0.04 * balances[year]!, 0.95 * (spent[year - 1] ?? 0)),
  ],
  ['1/N', { kind: 'one-over-n' }, (year, balances, _, { returns }) => balances[year]! / (returns.length - year)],
  [
    "Hebeler's autopilot",
    { kind: 'hebeler-autopilot', lastYearShare: 0.75, firstAge: 72, divisors: DIVISORS },
    (year, balances, spent, { inflation }) => {
      const age = FIRST_AGE + year
      const required = balances[year]! / (age < 72 ? 27.4 + 72 - age : DIVISORS[Math.min(age - 72, 4)]!)
      return year === 0 ? required : 0.75 * spent[year - 1]! * (1 + inflation[year - 1]!) + 0.25 * required
    },
  ],
]

test.each(RULES)('%s spends the amounts of its publication on any market', (_, rule, reference) => {
  fc.assert(
    fc.property(market, given => {
      const found = spendingOf(rule, given, 0)
      for (const [year, amount] of referenceSpending(reference, given, 0).entries()) expect(found[year]!).toBeCloseTo(amount, 4)
    }),
  )
})

test.each(RULES.filter(([name]) => name !== 'constant real' && name !== 'the ratchet of Kitces'))(
  '%s continues from the essential amount where its own was lower',
  (_, rule, reference) => {
    fc.assert(
      fc.property(market, fc.double({ min: 0, max: 45_000, noNaN: true }), (given, essentialReal) => {
        const found = spendingOf(rule, given, essentialReal)
        for (const [year, amount] of referenceSpending(reference, given, essentialReal).entries())
          expect(found[year]!).toBeCloseTo(amount, 4)
      }),
    )
  },
)
