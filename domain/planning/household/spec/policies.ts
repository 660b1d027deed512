import * as z from 'zod'
import { byKind, type Immutable, listFrom, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { coveredStates, taxTables } from '../../../us-tax/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { age, indexedToInflation, key, money, planYear, share } from './ranges.ts'

const factor = numberFrom(0, 10)
const positiveAge = wholeNumberFrom(1, HOUSEHOLD_LIMITS.age)
const rate = share.describe('Share of the accounts that is drawn per year: 0.04 is 4 %.')

export const capeBasedRule = z.object({
  kind: z.literal('cape_based'),
  baseRate: share.describe('Share of the accounts that is drawn whatever the valuation.'),
  yieldShare: factor.describe('Share of the earnings yield, 1 / CAPE, that is drawn beside the base rate.'),
  startingCape: numberFrom(1, 200).describe('Price of stocks over the mean of their real earnings of ten years, on the as-of date.'),
  asset: key.describe('Key of the asset class whose returns move the CAPE.'),
  steadyReturnReal: numberFrom(-0.1, 0.2).describe(
    'Real return per year of that asset class while its CAPE stands still: growth of earnings and dividends.',
  ),
})

/** By kind. A rule moves the discretionary part of retirement spending; before retirement expenses are paid as they are. */
export const spendingRules = {
  constantReal: z.object({ kind: z.literal('constant_real') }),
  fixedPercent: z.object({ kind: z.literal('fixed_percent'), rate }),
  floorCeiling: z.object({
    kind: z.literal('floor_ceiling'),
    rate,
    floor: share.describe('How far below the reference amount spending may fall, as a fraction of it.'),
    ceiling: factor.describe('How far above the reference amount spending may rise, as a fraction of it.'),
    bandAround: textOf(['first_year', 'last_year'])
      .optional()
      .describe(
        'The year of the reference amount: the first (Bengen), which holds when left out, or the last (dynamic spending of Vanguard).',
      ),
  }),
  guytonKlinger: z.object({
    kind: z.literal('guyton_klinger'),
    guardrail: share.describe('Change of the withdrawal rate, as a fraction of the first rate, that adjusts spending.'),
    adjustment: share.describe('Size of a cut or a rise, as a fraction of spending.'),
    preservationOffYears: age.describe('Number of last years without cuts.'),
    freezeAfterLoss: z
      .boolean()
      .optional()
      .describe('Spending skips its rise with prices after a year of loss while the rate is above the first; true when left out.'),
    inflationCap: share.optional().describe('Highest rise with prices in a year, as a fraction; no limit when left out.'),
  }),
  vpw: z.object({
    kind: z.literal('vpw'),
    stockShare: share.describe('Share of stocks that the percentages are computed for.'),
    lastAge: positiveAge.describe('Age in completed years in the year of the last payment; 99 in the published table.'),
  }),
  rmd: z.object({ kind: z.literal('rmd') }),
  ratchet: z.object({
    kind: z.literal('ratchet'),
    threshold: factor.describe('How far the accounts must be above their first balance for a rise, as a fraction of it.'),
    raise: factor.describe('Size of a rise, as a fraction of spending.'),
    everyYears: positiveAge.describe('Least number of years from one rise to the next.'),
  }),
  ninetyFivePercent: z.object({ kind: z.literal('ninety_five_percent'), rate }),
  oneOverN: z.object({
    kind: z.literal('one_over_n'),
    lastAge: positiveAge
      .optional()
      .describe('Age of the younger person, in completed years, in the year that spends what is left; the last plan year when left out.'),
  }),
  hebelerAutopilot: z.object({
    kind: z.literal('hebeler_autopilot'),
    lastYearShare: share.describe('Share of last year’s draw in the blend with the accounts over the life expectancy.'),
  }),
  capeBased: capeBasedRule,
}

export const spendingSchema = z.object({
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
  ]),
  byAge: listFrom(
    z.object({
      age: age.describe('Age of the older person in completed years.'),
      multiplier: numberFrom(0.01, 10).describe('Multiplier of spending at that age: 0.9 is 10 % less.'),
    }),
    0,
    HOUSEHOLD_LIMITS.entries,
  ).describe('Multipliers of spending by age, on a straight line between ages; empty for none.'),
})

export const successCriterion = textOf(['all_spending', 'essential_spending']).describe(
  'The spending that a path must pay in full every year to succeed.',
)

/** Brackets below the top one, of any year: a top bracket cannot be filled. */
const bracketRate = share.describe('Rate of the ordinary income bracket that is filled, as a fraction: 0.12 is 12 %.')

export const withdrawalsSchema = z.object({
  order: byKind([
    z.object({ kind: z.literal('conventional') }),
    z.object({ kind: z.literal('proportional') }),
    z.object({ kind: z.literal('bracket_aware'), ordinaryRate: bracketRate }),
    z.object({
      kind: z.literal('custom'),
      accounts: z.array(key).max(HOUSEHOLD_LIMITS.accounts).describe('Accounts in the order in which they are drawn on.'),
    }),
  ]).describe('The order in which accounts pay for spending.'),
  surplus: textOf(['taxable', 'spent']).describe('Income that nothing else needs goes into the first taxable account, or is spent.'),
})

export const rothConversionSchema = z.object({
  amount: byKind([
    z.object({ kind: z.literal('fixed'), annualAmount: money.describe('Amount that is converted per year.'), indexedToInflation }),
    z.object({ kind: z.literal('fill_bracket'), ordinaryRate: bracketRate }),
    z.object({
      kind: z.literal('fill_irmaa_tier'),
      tier: wholeNumberFrom(0, 4).describe('Medicare premium tier that is filled; 0 for the one without a surcharge.'),
    }),
  ]).describe('How much is converted per year.'),
  startYear: planYear.describe('Plan year, counted from 0, of the first conversion.'),
  endYear: planYear.describe('Plan year from which nothing is converted any more.'),
})

const tableYears = taxTables.map(({ year }) => year)

export const taxSchema = z.object({
  tableYear: z
    .literal(tableYears, `must be a year with tables: ${tableYears.join(', ')}`)
    .describe('Year of the tax tables that later years are projected from.'),
  state: z
    .literal(coveredStates, `must be null or a state with tables: ${coveredStates.join(', ')}`)
    .nullable()
    .describe('State whose income tax is paid, two capital letters; null for none.'),
  enabled: z.boolean().describe('False for no taxes at all, for a comparison.'),
})

export type CapeBasedRule = Immutable<z.infer<typeof capeBasedRule>>
export type SpendingPolicy = Immutable<z.infer<typeof spendingSchema>>
export type WithdrawalPolicy = Immutable<z.infer<typeof withdrawalsSchema>>
export type RothConversion = Immutable<z.infer<typeof rothConversionSchema>>
export type TaxSettings = Immutable<z.infer<typeof taxSchema>>
