import * as z from 'zod'
import { calendarDate, listFrom, uuid } from '../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../household/index.ts'
import { accountSchema, allocationPointSchema } from '../household/spec/accounts.ts'
import { debtSchema, propertySchema } from '../household/spec/cash-flows.ts'
import { allocation, ALLOCATION_TOLERANCE } from './allocation.ts'
import { amount, meaningOf, personName } from './fields.ts'

const linkedAccountId = uuid
  .optional()
  .describe('The linked account, debt or property. It gives the balance when the plan is rolled forward.')

const account = accountSchema.shape
const glidePoint = allocationPointSchema.extend({ weights: allocation.describe(meaningOf(allocationPointSchema.shape.weights)) })

export const accountInput = z
  .strictObject({
    balance: amount(meaningOf(account.openingBalance)),
    kind: account.kind.default('taxable'),
    owner: personName,
    employerPlan: account.employerPlan.default(false),
    basis: amount('Cost basis of a taxable account, or contributions of a Roth account. When left out, the balance.').optional(),
    basisAsOf: calendarDate
      .optional()
      .describe('The day on which the basis was taken from the tax lots of the linked account. When left out, the basis was entered.'),
    allocation: listFrom(glidePoint, 1, HOUSEHOLD_LIMITS.entries)
      .optional()
      .describe(
        `Weights of asset classes by plan year, linear between years. Weights that add up to 1 within ${ALLOCATION_TOLERANCE} are scaled to 1. When left out, the portfolio model of the plan.`,
      ),
    feeRate: account.feeRate.default(0),
    dividendYield: account.dividendYield.default(0),
    rebalancing: account.rebalancing.default({ kind: 'calendar', everyYears: 1 }),
    linkedAccountId,
  })
  .refine(({ basis, basisAsOf, kind }) => basisAsOf === undefined || (basis !== undefined && kind === 'taxable'), {
    error: 'is only for a taxable account with a basis',
    path: ['basisAsOf'],
  })
  .refine(({ basisAsOf, linkedAccountId: link }) => basisAsOf === undefined || link !== undefined, {
    error: 'needs linkedAccountId: the account with the tax lots',
    path: ['basisAsOf'],
  })

const debt = debtSchema.shape
export const debtInput = z.strictObject({
  balance: amount(meaningOf(debt.openingBalance)),
  annualRate: debt.annualRate,
  annualPayment: amount(meaningOf(debt.annualPayment)),
  linkedAccountId,
})

const property = propertySchema.shape
export const propertyInput = z.strictObject({
  value: amount(meaningOf(property.openingValue)),
  growthRate: property.growthRate.default(0),
  basis: amount(meaningOf(property.basis)),
  saleYear: property.saleYear.default(null),
  saleCostRate: property.saleCostRate.default(0.06),
  primaryResidence: property.primaryResidence.default(false),
  linkedAccountId,
})
