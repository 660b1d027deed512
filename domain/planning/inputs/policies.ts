import * as z from 'zod'
import { byKind, label, listFrom } from '../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../household/index.ts'
import { filingStatus } from '../household/spec/people.ts'
import {
  conversionAmounts,
  rothConversionSchema,
  spendingRules,
  spendingSchema,
  successCriterion,
  taxSchema,
  withdrawalOrders,
  withdrawalsSchema,
} from '../household/spec/policies.ts'
import { assetKey } from './allocation.ts'
import { amount, isInOrder, meaningOf, notInOrder } from './fields.ts'

const { capeBased, guytonKlinger, hebelerAutopilot, ratchet, vpw, ...others } = spendingRules
const { byAge, rule } = spendingSchema.shape

export const spendingPolicyInput = z.strictObject({
  rule: byKind([
    others.constantReal,
    others.fixedPercent,
    others.floorCeiling,
    guytonKlinger.extend({
      guardrail: guytonKlinger.shape.guardrail.default(0.2),
      adjustment: guytonKlinger.shape.adjustment.default(0.1),
      preservationOffYears: guytonKlinger.shape.preservationOffYears.default(15),
    }),
    vpw.extend({ lastAge: vpw.shape.lastAge.default(99) }),
    others.rmd,
    ratchet.extend({
      threshold: ratchet.shape.threshold.default(0.5),
      raise: ratchet.shape.raise.default(0.1),
      everyYears: ratchet.shape.everyYears.default(3),
    }),
    others.ninetyFivePercent,
    others.oneOverN,
    hebelerAutopilot.extend({ lastYearShare: hebelerAutopilot.shape.lastYearShare.default(0.75) }),
    capeBased.extend({
      baseRate: capeBased.shape.baseRate.default(0.0175),
      yieldShare: capeBased.shape.yieldShare.default(0.5),
      asset: assetKey.describe(meaningOf(capeBased.shape.asset)),
    }),
  ]).describe(meaningOf(rule)),
  byAge: byAge.default([]),
  successCriterion: successCriterion.default('all_spending'),
})

const { bracketAware, conventional, custom, proportional } = withdrawalOrders
const { order, surplus } = withdrawalsSchema.shape
const customInput = custom.extend({
  accounts: listFrom(label, 1, HOUSEHOLD_LIMITS.accounts).describe(meaningOf(custom.shape.accounts)),
})

export const withdrawalPolicyInput = z.strictObject({
  order: byKind([conventional, proportional, bracketAware, customInput]).describe(meaningOf(order)),
  surplus: surplus.default('taxable'),
})

const { fillBracket, fillIrmaaTier, fixed } = conversionAmounts
const fixedInput = fixed.extend({
  annualAmount: amount(meaningOf(fixed.shape.annualAmount)),
  indexedToInflation: fixed.shape.indexedToInflation.default(true),
})

export const rothConversionInput = rothConversionSchema
  .extend({ amount: byKind([fixedInput, fillBracket, fillIrmaaTier]).describe(meaningOf(rothConversionSchema.shape.amount)) })
  .refine(isInOrder, notInOrder)

const { enabled, state, tableYear } = taxSchema.shape
export const taxSettingsInput = z.strictObject({
  filingStatus: filingStatus
    .optional()
    .describe(
      'Filing status. When left out: single for one person, married_joint for two. Two persons who file as single are unmarried partners: each has a tax return, and neither has Social Security on the record of the other.',
    ),
  tableYear: tableYear.optional().describe('Year of the tax tables that later years are projected from. When left out, the latest.'),
  state: state.default(null),
  enabled: enabled.default(true),
})
