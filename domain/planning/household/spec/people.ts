import * as z from 'zod'
import { byKind, kindOf, calendarDate, type Immutable, listFrom, numberFrom, textOf, wholeNumberFrom } from '../../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../limits.ts'
import { age, key, money } from './ranges.ts'

const { claimingAgeMonths, entries, survivorClaimingAgeMonths: survivorMonths } = HOUSEHOLD_LIMITS

export const filingStatus = textOf(['single', 'married_joint', 'married_separate', 'head_of_household'])

export const earlyRetirementSchema = z.strictObject({
  spendingMultiple: numberFrom(1, 1000).describe('Multiple of the year’s planned expenses that the accounts must hold.'),
  fromAge: age.describe('Earliest age for the end of work, in completed years.'),
})

export const piaSchema = z.strictObject({
  kind: kindOf('pia', 'A primary insurance amount.'),
  monthlyAmount: money.describe('Primary insurance amount per month, in money of the as-of date.'),
})

export const earningsOfYearSchema = z.strictObject({
  year: wholeNumberFrom(1951, 2200).describe('Calendar year of the earnings.'),
  amount: money.describe('Covered earnings of the year.'),
})

/** The schema of a benefit computed from earnings, with the given schema of one year. */
export const earningsOf = <Earnings extends z.ZodType>(earnings: Earnings) =>
  z.strictObject({
    kind: kindOf('earnings', 'Covered earnings by year. The benefit is computed from them.'),
    byYear: listFrom(earnings, 0, entries).describe('Earnings by calendar year, ascending. A year that is left out has no earnings.'),
  })

export const socialSecuritySchema = z.strictObject({
  benefit: byKind([piaSchema, earningsOf(earningsOfYearSchema)]).describe('Basis of the benefit.'),
  claimingAgeMonths: wholeNumberFrom(claimingAgeMonths.minimum, claimingAgeMonths.maximum).describe(
    'Age in months at which the benefit begins: 62 years (744) to 70 years (840).',
  ),
})

export const lifespanSchema = byKind([
  z.strictObject({
    kind: kindOf('fixed', 'Life ends at a fixed age.'),
    age: wholeNumberFrom(0, HOUSEHOLD_LIMITS.age - 1).describe('Age in completed years in the last year of life.'),
  }),
  z.strictObject({ kind: kindOf('life_table', 'The age at death is drawn from the life table on each path.') }),
])

export const personSchema = z.strictObject({
  key,
  birthDate: calendarDate.describe('Birth date: YYYY-MM-DD.'),
  sex: textOf(['female', 'male']).describe('Sex in the life table.'),
  retirementAge: age.describe('Age in completed years at which work ends.'),
  earlyRetirement: earlyRetirementSchema
    .optional()
    .describe(
      'Milestone: work ends before the retirement age, in the first year that begins with the given multiple of expenses in the accounts.',
    ),
  lifespan: lifespanSchema.describe('The plan year in which life ends: at a fixed age, or drawn from the life table on each path.'),
  socialSecurity: socialSecuritySchema
    .nullable()
    .describe(
      'Social Security on the own record; null for no own record. A person without a record has benefits on the record of the spouse: the spouse’s benefit from full retirement age on, and the survivor’s.',
    ),
  survivorClaimingAgeMonths: wholeNumberFrom(survivorMonths.minimum, survivorMonths.maximum)
    .optional()
    .describe(
      'Age in months at which the survivor’s benefit on the record of the spouse begins: from 60 years (720) on, reduced before full retirement age. It does not change the claim of the own benefit. When left out, as early as it is paid: at the death of the spouse, or at 60.',
    ),
})

export type FilingStatus = z.infer<typeof filingStatus>
export type EarlyRetirement = Immutable<z.infer<typeof earlyRetirementSchema>>
export type SocialSecurity = Immutable<z.infer<typeof socialSecuritySchema>>
export type Person = Immutable<z.infer<typeof personSchema>>
