import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  annuityDuePayment,
  beginPath,
  createSpendingState,
  GUYTON_KLINGER_2006,
  prepareSpendingRule,
  spendingForYear,
  type SpendingSpec,
} from '../../domain/planning/spending/index.ts'

const folder = process.env.NESTEGG_REFERENCE ?? fileURLToPath(new URL('../../../shared/reference', import.meta.url))
const file = `${folder}/expected/spending_rules_gk_vpw.json`
const missing = !existsSync(file)
if (missing) console.log(`skipped: no spending rules at ${file} (set NESTEGG_REFERENCE)`)

const published = z.object({
  cfiresim_open_tests: z.object({
    cases: z.array(
      z.object({
        j: z.number(),
        prev_spending: z.number(),
        portfolio: z.number(),
        infl: z.number(),
        expected: z.number(),
        floor_real: z.number().optional(),
      }),
    ),
  }),
  vpw_pmt: z.object({
    cases: z.array(z.object({ rate: z.number(), nper: z.number(), pv: z.number(), fv: z.number(), pmt_rounded: z.number() })),
    vpw_first_year: z.object({ rate_pct: z.number(), years: z.number(), portfolio: z.number(), expected: z.number() }),
  }),
})

const cases = missing ? undefined : published.parse(JSON.parse(readFileSync(file, 'utf8')))
const INITIAL_BALANCE = 1_000_000
const PLAN_YEARS = 30

function spendTwice(spec: SpendingSpec, second: { balance: number; inflation: number; yearsLeft: number }): [number, number] {
  const rule = prepareSpendingRule(spec)
  const state = createSpendingState()
  beginPath(state)
  const year = { age: 65, balance: INITIAL_BALANCE, priceIndex: 1, inflation: 0, portfolioReturn: 0, yearsLeft: PLAN_YEARS }
  const first = spendingForYear(rule, state, year)
  return [first, spendingForYear(rule, state, { ...year, ...second, priceIndex: 1 + second.inflation })]
}

describe.skipIf(missing)('Guyton-Klinger of cFIREsim-open, which does not freeze after a loss', () => {
  test.each(cases?.cfiresim_open_tests.cases ?? [])('year $j: $prev_spending of $portfolio, inflation $infl', each => {
    const spec: SpendingSpec = {
      rule: { ...GUYTON_KLINGER_2006, initial: { kind: 'amount', amountReal: each.prev_spending }, freezeAfterLoss: false },
      essentialReal: each.floor_real ?? 0,
      success: 'all',
    }
    const second = { balance: each.portfolio, inflation: each.infl - 1, yearsLeft: PLAN_YEARS - each.j }
    expect(spendTwice(spec, second)).toEqual([each.prev_spending, expect.closeTo(each.expected, 6)])
  })
})

describe.skipIf(missing)('payments of VPW', () => {
  test.each(cases?.vpw_pmt.cases ?? [])('rate $rate, $nper periods, from $pv to $fv', each => {
    expect(Math.round(-annuityDuePayment(each.rate, each.nper, each.pv, -each.fv))).toBe(each.pmt_rounded)
  })

  test('first year', () => {
    const { rate_pct, years, portfolio, expected } = cases!.vpw_pmt.vpw_first_year
    const rule = prepareSpendingRule({ rule: { kind: 'vpw', growthReal: rate_pct / 100, legacyReal: 0 }, essentialReal: 0, success: 'all' })
    const year = { age: 65, balance: portfolio, priceIndex: 1, inflation: 0, portfolioReturn: 0, yearsLeft: years }
    expect(Math.round(spendingForYear(rule, createSpendingState(), year))).toBe(expected)
  })
})
