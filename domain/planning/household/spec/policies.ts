import * as z from 'zod'
import { byKind, kindOf, type Immutable, listFrom, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { coveredStates, taxTables } from '../../../us-tax/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { age, factor, indexedToInflation, key, money, planYear, share } from './ranges.ts'

/** Age at the end of spending. A younger age would spend everything within a few years. */
const lastAge = wholeNumberFrom(60, HOUSEHOLD_LIMITS.age)
const rate = share.describe('Share of the accounts to draw per year: 0.04 is 4 %.')

const capeBased = z.strictObject({
  kind: kindOf('cape_based', 'A base rate plus a share of the earnings yield of stocks.'),
  baseRate: share.describe('Share of the accounts to draw at any valuation.'),
  yieldShare: factor.describe('Share of the earnings yield, 1 / CAPE, to draw in addition to the base rate.'),
  startingCape: numberFrom(1, 200).describe(
    'CAPE on the as-of date: the price of stocks divided by the mean of their real earnings over ten years.',
  ),
  asset: key.describe('Key of the asset class with the returns that change the CAPE.'),
  steadyReturnReal: numberFrom(-0.1, 0.2).describe(
    'Real return per year of that asset class at a constant CAPE: growth of earnings plus dividends.',
  ),
})

/** By kind. A rule changes the discretionary part of spending in retirement. Before retirement, expenses are paid as planned. */
export const spendingRules = {
  constantReal: z.strictObject({
    kind: kindOf('constant_real', 'Planned expenses without change: the same real spending every year.'),
  }),
  fixedPercent: z.strictObject({ kind: kindOf('fixed_percent', 'A fixed share of the accounts every year.'), rate }),
  floorCeiling: z.strictObject({
    kind: kindOf('floor_ceiling', 'A fixed share of the accounts, kept within a band.'),
    rate,
    floor: share.describe('How far below the reference amount spending may fall, as a fraction of it.'),
    ceiling: factor.describe('How far above the reference amount spending may rise, as a fraction of it.'),
    bandAround: textOf(['first_year', 'last_year'])
      .optional()
      .describe(
        'The year of the reference amount: the first (Bengen), or the last (dynamic spending of Vanguard). When left out, the first.',
      ),
  }),
  guytonKlinger: z.strictObject({
    kind: kindOf('guyton_klinger', 'Guardrails around the first withdrawal rate (Guyton and Klinger).'),
    guardrail: share.describe('Change of the withdrawal rate, as a fraction of the first rate, that adjusts spending.'),
    adjustment: share.describe('Size of a cut or a rise, as a fraction of spending.'),
    preservationOffYears: age.describe('Number of years at the end of the plan without cuts.'),
    freezeAfterLoss: z
      .boolean()
      .optional()
      .describe(
        'Whether spending skips its rise with prices after a year of loss while the rate is above the first rate. When left out, true.',
      ),
    inflationCap: share.optional().describe('Highest rise with prices in a year, as a fraction. When left out, no limit.'),
  }),
  vpw: z.strictObject({
    kind: kindOf('vpw', 'Variable percentage withdrawal (Bogleheads).'),
    stockShare: share.describe('Share of stocks that the percentages assume.'),
    lastAge: lastAge.describe('Age in completed years in the year of the last payment. The published table ends at 99.'),
  }),
  rmd: z.strictObject({ kind: kindOf('rmd', 'The accounts divided by the life expectancy of required minimum distributions.') }),
  ratchet: z.strictObject({
    kind: kindOf('ratchet', 'Constant real spending, raised permanently when the accounts have grown enough (Kitces).'),
    threshold: factor.describe('How far the accounts must be above their first balance for a rise, as a fraction of it.'),
    raise: factor.describe('Size of a rise, as a fraction of spending.'),
    everyYears: wholeNumberFrom(1, HOUSEHOLD_LIMITS.age).describe('Least number of years from one rise to the next.'),
  }),
  ninetyFivePercent: z.strictObject({
    kind: kindOf('ninety_five_percent', 'A fixed share of the accounts, but at least 95 % of last year’s spending (Clyatt).'),
    rate,
  }),
  oneOverN: z.strictObject({
    kind: kindOf('one_over_n', 'The accounts divided by the number of years left.'),
    lastAge: lastAge
      .optional()
      .describe('Age of the younger person, in completed years, in the last year of spending. When left out, the last plan year.'),
  }),
  hebelerAutopilot: z.strictObject({
    kind: kindOf('hebeler_autopilot', 'A blend of last year’s draw and the accounts divided by the life expectancy (Hebeler).'),
    lastYearShare: share.describe('Share of last year’s draw in the blend.'),
  }),
  capeBased,
}

export const spendingSchema = z.strictObject({
  rule: byKind([
    spendingRules.constantReal,
    spendingRules.fixedPercent,
    spendingRules.floorCeiling,
    spendingRules.guytonKlinger,
    spendingRules.vpw,
    spendingRules.rmd,
    spendingRules.ratchet,
    spendingRules.ninetyFivePercent,
    spendingRules.oneOverN,
    spendingRules.hebelerAutopilot,
    spendingRules.capeBased,
  ]).describe('The rule that changes discretionary spending in retirement.'),
  byAge: listFrom(
    z.strictObject({
      age: age.describe('Age of the older person in completed years.'),
      multiplier: numberFrom(0.01, 10).describe('Multiplier of spending at that age: 0.9 is 10 % less.'),
    }),
    0,
    HOUSEHOLD_LIMITS.entries,
  ).describe('Multipliers of spending by age, linear between ages; empty for none.'),
})

export const successCriterion = textOf(['all_spending', 'essential_spending']).describe(
  'The spending that a path must pay in full every year to succeed.',
)

/** The rate of any bracket except the top one, which cannot be filled. */
const bracketRate = share.describe('Rate of the ordinary income bracket to fill, as a fraction: 0.12 is 12 %.')

export const withdrawalOrders = {
  conventional: z.strictObject({
    kind: kindOf('conventional', 'Taxable accounts, then traditional, then Roth, then health savings accounts.'),
  }),
  proportional: z.strictObject({
    kind: kindOf('proportional', 'All accounts together in proportion to their balances, health savings accounts last.'),
  }),
  bracketAware: z.strictObject({
    kind: kindOf('bracket_aware', 'Traditional accounts up to the top of a tax bracket, then taxable, Roth and the rest.'),
    ordinaryRate: bracketRate,
  }),
  custom: z.strictObject({
    kind: kindOf('custom', 'Accounts in a custom order. Accounts that are left out are not drawn on.'),
    accounts: z.array(key).max(HOUSEHOLD_LIMITS.accounts).describe('Accounts in the order in which they are drawn on.'),
  }),
}

export const withdrawalsSchema = z.strictObject({
  order: byKind([
    withdrawalOrders.conventional,
    withdrawalOrders.proportional,
    withdrawalOrders.bracketAware,
    withdrawalOrders.custom,
  ]).describe('The order in which accounts pay for spending.'),
  surplus: textOf(['taxable', 'spent']).describe('Use of surplus income: it goes into the first taxable account, or is spent.'),
})

export const conversionAmounts = {
  fixed: z.strictObject({
    kind: kindOf('fixed', 'The same amount every year.'),
    annualAmount: money.describe('Amount to convert per year.'),
    indexedToInflation,
  }),
  fillBracket: z.strictObject({
    kind: kindOf('fill_bracket', 'Up to the top of a bracket of ordinary income.'),
    ordinaryRate: bracketRate,
  }),
  fillIrmaaTier: z.strictObject({
    kind: kindOf('fill_irmaa_tier', 'Up to the top of a tier of Medicare premiums.'),
    tier: wholeNumberFrom(0, 4).describe('Medicare premium tier to fill; 0 for the tier without a surcharge.'),
  }),
}

export const rothConversionSchema = z.strictObject({
  amount: byKind([conversionAmounts.fixed, conversionAmounts.fillBracket, conversionAmounts.fillIrmaaTier]).describe(
    'Amount of the conversions per year.',
  ),
  startYear: planYear.describe('Plan year of the first conversion, counted from 0.'),
  endYear: planYear.describe('First plan year without conversions.'),
})

const tableYears = taxTables.map(({ year }) => year)

export const taxSchema = z.strictObject({
  tableYear: z
    .literal(tableYears, `must be a year with tables: ${tableYears.join(', ')}`)
    .describe('Year of the tax tables that later years are projected from.'),
  state: z
    .literal(coveredStates, `must be null or a state with tables: ${coveredStates.join(', ')}`)
    .nullable()
    .describe('State that income tax is paid to, as two capital letters; null for none.'),
  enabled: z.boolean().describe('Whether taxes are computed. False serves for comparisons.'),
})

export type CapeBasedRule = Immutable<z.infer<typeof capeBased>>
export type SpendingPolicy = Immutable<z.infer<typeof spendingSchema>>
export type WithdrawalPolicy = Immutable<z.infer<typeof withdrawalsSchema>>
export type RothConversion = Immutable<z.infer<typeof rothConversionSchema>>
export type TaxSettings = Immutable<z.infer<typeof taxSchema>>
