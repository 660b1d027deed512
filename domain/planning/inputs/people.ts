import * as z from 'zod'
import { byKind } from '../../shared/index.ts'
import {
  earlyRetirementSchema,
  earningsOf,
  earningsOfYearSchema,
  personSchema,
  piaSchema,
  socialSecuritySchema,
} from '../household/spec/people.ts'
import { amount, meaningOf } from './fields.ts'

const { birthDate, earlyRetirement, lifespan, retirementAge, sex, socialSecurity, survivorClaimingAgeMonths } = personSchema.shape
const { fromAge, spendingMultiple } = earlyRetirementSchema.shape

const benefit = byKind([
  piaSchema.extend({ monthlyAmount: amount(meaningOf(piaSchema.shape.monthlyAmount)) }),
  earningsOf(earningsOfYearSchema.extend({ amount: amount(meaningOf(earningsOfYearSchema.shape.amount)) })),
])

export const personInput = z.strictObject({
  birthDate,
  retirementAge,
  sex: sex.default('female').describe('Sex in the life table. When left out, female: the longer life.'),
  lifespan: lifespan.default({ kind: 'fixed', age: 95 }),
  earlyRetirement: z
    .strictObject({ spendingMultiple: spendingMultiple.default(25), fromAge: fromAge.default(0) })
    .optional()
    .describe(meaningOf(earlyRetirement)),
  socialSecurity: socialSecuritySchema
    .extend({ benefit: benefit.describe(meaningOf(socialSecuritySchema.shape.benefit)) })
    .nullable()
    .default(null)
    .describe(meaningOf(socialSecurity)),
  survivorClaimingAgeMonths,
})
