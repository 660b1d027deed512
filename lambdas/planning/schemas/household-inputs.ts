import * as z from 'zod'
import { nonNegativeMoney } from '../../../domain/shared/index.ts'
import { calendarDate, label, uuid } from '../../runtime/schemas.ts'
import { key } from './shared.ts'

const planYear = z.int().min(0).max(100)
const rate = z.number().min(0).max(1)
const growthRate = z.number().min(-0.5).max(0.5)
const ending = planYear.nullable().default(null)

const socialSecurity = z.strictObject({
  benefit: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('pia'), monthlyAmount: nonNegativeMoney }),
    z.strictObject({
      kind: z.literal('earnings'),
      byYear: z.array(z.strictObject({ year: z.int().min(1951).max(2200), amount: nonNegativeMoney })).max(100),
    }),
  ]),
  claimingAgeMonths: z.int().min(744).max(840).describe('62 years (744) to 70 years (840).'),
})

export const personValue = z.strictObject({
  birthDate: calendarDate,
  retirementAge: z.int().min(0).max(120),
  sex: z.enum(['female', 'male']).default('female').describe('In the life table. Female when left out: the longer life.'),
  lifespan: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fixed'), age: z.int().min(0).max(119) }),
      z.strictObject({ kind: z.literal('life_table') }),
    ])
    .default({ kind: 'fixed', age: 95 }),
  earlyRetirement: z
    .strictObject({
      spendingMultiple: z.number().min(1).max(1000).default(25).describe('Of the year’s planned expenses.'),
      fromAge: z.int().min(0).max(120).default(0),
    })
    .optional()
    .describe('Work ends before the retirement age, with the first year from an age on that begins with so much in the accounts.'),
  socialSecurity: socialSecurity.nullable().default(null),
})

/** What every income says, whatever it is called. */
const incomeFields = {
  person: label.optional().describe('The name of a person; the first one when left out.'),
  annualAmount: nonNegativeMoney,
  startYear: planYear.default(0),
  endYear: ending,
  indexedToInflation: z.boolean().default(true),
  growthRate: growthRate.default(0),
  taxableShare: rate.default(1),
  survivorShare: rate.default(0),
}

export const incomeValue = z.strictObject({
  kind: z.enum(['wages', 'self_employment', 'rental', 'other']).default('wages'),
  ...incomeFields,
})
export const benefitValue = z.strictObject(incomeFields)

export const expenseValue = z.strictObject({
  annualAmount: nonNegativeMoney,
  essential: z.boolean().default(true).describe('Essential expenses are never cut by a spending rule.'),
  medical: z.boolean().default(false),
  charitable: z
    .boolean()
    .optional()
    .describe('A gift to charity, paid from the IRAs of those who are 70 1/2 first: untaxed, and towards their required distributions.'),
  startYear: planYear.default(0),
  endYear: ending,
  indexedToInflation: z.boolean().default(true),
  growthRate: growthRate.default(0),
  survivorShare: rate.default(1),
})

export const goalValue = z.strictObject({
  year: planYear,
  amount: nonNegativeMoney,
  priority: z.int().min(1).max(100).default(1),
  indexedToInflation: z.boolean().default(true),
  education: z.boolean().default(false),
})

const linkedAccountId = uuid
  .optional()
  .describe('The real account, debt or property behind it, which gives its balance when the plan is opened again.')

const weights = z.record(key, rate).refine(shares => Math.abs(Object.values(shares).reduce((sum, share) => sum + share, 0) - 1) <= 1e-9, {
  error: 'weights must add up to 1',
})

export const accountValue = z.strictObject({
  balance: nonNegativeMoney,
  kind: z.enum(['taxable', 'traditional', 'roth', 'hsa', 'education_529']).default('taxable'),
  owner: label.optional().describe('The name of a person; the first one when left out.'),
  employerPlan: z.boolean().default(false).describe('An employer’s plan, such as a 401(k), rather than an IRA.'),
  basis: nonNegativeMoney
    .optional()
    .describe('Cost basis of a taxable account, contributions of a Roth account; the balance when left out.'),
  allocation: z
    .array(z.strictObject({ year: planYear, weights }))
    .min(1)
    .max(100)
    .optional()
    .describe('A glide path by plan year, linear between its points; the plan’s portfolio model when left out.'),
  feeRate: rate.default(0),
  dividendYield: rate.default(0),
  rebalancing: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('calendar'), everyYears: z.int().min(1).max(100) }),
      z.strictObject({ kind: z.literal('threshold'), drift: rate }),
      z.strictObject({ kind: z.literal('never') }),
    ])
    .default({ kind: 'calendar', everyYears: 1 }),
  linkedAccountId,
})

export const debtValue = z.strictObject({ balance: nonNegativeMoney, annualRate: rate, annualPayment: nonNegativeMoney, linkedAccountId })

export const propertyValue = z.strictObject({
  value: nonNegativeMoney,
  growthRate: growthRate.default(0),
  basis: nonNegativeMoney,
  saleYear: planYear.nullable().default(null),
  saleCostRate: rate.default(0.06),
  primaryResidence: z.boolean().default(false),
  linkedAccountId,
})

export const spendingPolicyValue = z.strictObject({
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('constant_real') }),
    z.strictObject({ kind: z.literal('fixed_percent'), rate }),
    z.strictObject({
      kind: z.literal('floor_ceiling'),
      rate,
      floor: rate,
      ceiling: rate,
      bandAround: z
        .enum(['first_year', 'last_year'])
        .optional()
        .describe('The year whose real draw the band is around; the first when left out.'),
    }),
    z.strictObject({
      kind: z.literal('guyton_klinger'),
      guardrail: rate.default(0.2),
      adjustment: rate.default(0.1),
      preservationOffYears: z.int().min(0).max(100).default(15),
      freezeAfterLoss: z.boolean().optional().describe('Whether spending skips its rise after a year of loss; true when left out.'),
      inflationCap: rate.optional().describe('Highest rise with prices in a year; none when left out.'),
    }),
    z.strictObject({ kind: z.literal('vpw'), stockShare: rate, lastAge: z.int().min(60).max(120).default(99) }),
    z.strictObject({ kind: z.literal('rmd') }),
    z.strictObject({
      kind: z.literal('ratchet'),
      threshold: z.number().min(0).max(10).default(0.5),
      raise: rate.default(0.1),
      everyYears: z.int().min(1).max(50).default(3),
    }),
    z.strictObject({ kind: z.literal('ninety_five_percent'), rate }),
    z.strictObject({
      kind: z.literal('one_over_n'),
      lastAge: z
        .int()
        .min(60)
        .max(120)
        .optional()
        .describe('Age of the younger person in the year that spends what is left; the plan’s last year when left out.'),
    }),
    z.strictObject({
      kind: z.literal('hebeler_autopilot'),
      lastYearShare: rate.default(0.75).describe('Share of last year’s draw in the blend with the accounts over the life expectancy.'),
    }),
    z.strictObject({
      kind: z.literal('cape_based'),
      baseRate: rate.default(0.0175),
      yieldShare: rate.default(0.5).describe('Share of the earnings yield, 1 / CAPE, that is drawn beside the base rate.'),
      startingCape: z.number().min(1).max(200).describe('Price over real earnings of ten years, on the as-of date.'),
      asset: key.describe('The asset class whose returns move the CAPE.'),
      steadyReturnReal: z
        .number()
        .min(-0.1)
        .max(0.2)
        .describe('Real return a year of that asset while its CAPE stands still: growth of earnings and dividends.'),
    }),
  ]),
  byAge: z
    .array(z.strictObject({ age: z.int().min(0).max(120), multiplier: z.number().min(0).max(5) }))
    .max(100)
    .default([]),
  successCriterion: z.enum(['all_spending', 'essential_spending']).default('all_spending'),
})

export const withdrawalPolicyValue = z.strictObject({
  order: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('conventional') }),
    z.strictObject({ kind: z.literal('proportional') }),
    z.strictObject({ kind: z.literal('bracket_aware'), ordinaryRate: rate }),
    z.strictObject({ kind: z.literal('custom'), accounts: z.array(label).min(1).max(20) }),
  ]),
  surplus: z.enum(['taxable', 'spent']).default('taxable'),
})

export const rothConversionValue = z
  .strictObject({
    amount: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('fixed'), annualAmount: nonNegativeMoney, indexedToInflation: z.boolean().default(true) }),
      z.strictObject({ kind: z.literal('fill_bracket'), ordinaryRate: rate }),
      z.strictObject({ kind: z.literal('fill_irmaa_tier'), tier: z.int().min(0).max(5) }),
    ]),
    startYear: planYear,
    endYear: planYear,
  })
  .refine(({ endYear, startYear }) => endYear > startYear, { error: 'must be after startYear', path: ['endYear'] })

export const taxSettingsValue = z.strictObject({
  filingStatus: z
    .enum(['single', 'married_joint', 'married_separate', 'head_of_household'])
    .optional()
    .describe('Single for one person and married_joint for two when left out.'),
  tableYear: z.int().min(2025).max(2100).optional().describe('The latest year with tables when left out.'),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters')
    .nullable()
    .default(null),
  enabled: z.boolean().default(true),
})
