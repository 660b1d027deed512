import * as z from 'zod'
import { byKind, calendarDate, type Immutable, listFrom, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { age, key, money } from './ranges.ts'

const { claimingAgeMonths, entries } = HOUSEHOLD_LIMITS

export const filingStatus = textOf(['single', 'married_joint', 'married_separate', 'head_of_household'])

export const earlyRetirementSchema = z.object({
  spendingMultiple: numberFrom(1, 1000).describe('How many times the planned expenses of the year the accounts must hold.'),
  fromAge: age.describe('Age in completed years from which work may end early.'),
})

export const earningsYear = wholeNumberFrom(1951, 2200).describe('Calendar year of the earnings.')

export const socialSecuritySchema = z.object({
  benefit: byKind([
    z.object({ kind: z.literal('pia'), monthlyAmount: money.describe('Primary insurance amount per month, in money of the as-of date.') }),
    z.object({
      kind: z.literal('earnings'),
      byYear: listFrom(z.object({ year: earningsYear, amount: money.describe('Covered earnings of the year.') }), 0, entries),
    }),
  ]),
  claimingAgeMonths: wholeNumberFrom(claimingAgeMonths.minimum, claimingAgeMonths.maximum).describe(
    'Age in months at which the benefit begins: 62 years (744) to 70 years (840).',
  ),
})

export const lifespanSchema = byKind([
  z.object({
    kind: z.literal('fixed'),
    age: wholeNumberFrom(0, HOUSEHOLD_LIMITS.age - 1).describe('Completed years of age in the last year of life.'),
  }),
  z.object({ kind: z.literal('life_table') }),
])

export const personSchema = z.object({
  key,
  birthDate: calendarDate.describe('Date of birth: YYYY-MM-DD.'),
  sex: textOf(['female', 'male']).describe('Sex in the life table.'),
  retirementAge: age.describe('Age in completed years at which work ends.'),
  earlyRetirement: earlyRetirementSchema
    .optional()
    .describe('Work ends before the retirement age, with the first year that begins with so much in the accounts.'),
  lifespan: lifespanSchema.describe('The plan year in which life ends: at a fixed age, or drawn from the life table on each path.'),
  socialSecurity: socialSecuritySchema.nullable().describe('Social Security benefit; null for no claim.'),
})

export type FilingStatus = z.infer<typeof filingStatus>
export type EarlyRetirement = Immutable<z.infer<typeof earlyRetirementSchema>>
export type SocialSecurity = Immutable<z.infer<typeof socialSecuritySchema>>
export type Person = Immutable<z.infer<typeof personSchema>>
