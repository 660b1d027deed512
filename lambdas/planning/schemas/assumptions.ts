import * as z from 'zod'
import { assumptionStatuses } from '../../../db/schema/planning/assumptions.ts'
import { calendarDate, instant, label, prose, uuid } from '../../runtime/schemas.ts'
import { key, allocation } from './shared.ts'

const correlationRow = z.array(z.number()).max(50)

export const assumptionsDocument = z.strictObject({
  assets: z
    .array(
      z.strictObject({
        key,
        name: label,
        meanReturn: z.number().describe('Arithmetic mean of the simple annual return, as a fraction.'),
        volatility: z.number().min(0).describe('Standard deviation of the simple annual return, as a fraction.'),
      }),
    )
    .min(1)
    .max(50),
  inflation: z.strictObject({
    mean: z.number(),
    volatility: z.number().min(0),
    correlation: correlationRow.optional().describe('With each asset class, in their order; zero where left out.'),
  }),
  correlation: z.array(correlationRow).max(50).describe('Of log returns; one row an asset class, in their order.'),
})

export const assumptionSetFields = {
  householdId: uuid,
  version: z.string().trim().min(1).max(50),
  name: label,
  description: prose.nullable().optional(),
  effectiveDate: calendarDate,
  source: label.nullable().optional(),
  methodology: prose.nullable().optional(),
  reviewDate: calendarDate.nullable().optional(),
  assumptions: assumptionsDocument,
}

export const assumptionStatus = z.enum(assumptionStatuses)

export const assumptionSetSummary = z.strictObject({
  id: uuid,
  published: z.boolean().describe('Reference data that everyone reads and nobody changes.'),
  householdId: uuid.nullable().describe('Null for published reference data.'),
  version: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  status: assumptionStatus,
  effectiveDate: calendarDate,
  effectiveUntil: calendarDate.nullable(),
  approvedAt: instant.nullable(),
  approvedBy: uuid.nullable(),
  source: z.string().nullable(),
  methodology: z.string().nullable(),
  reviewDate: calendarDate.nullable(),
  createdAt: instant,
  updatedAt: instant,
})

export const assumptionSet = assumptionSetSummary.extend({ rowVersion: z.int(), assumptions: assumptionsDocument })

export const portfolioModelFields = {
  householdId: uuid,
  cmaId: uuid,
  name: label,
  riskLevel: z.int().min(1).max(10),
  description: prose.nullable().optional(),
  assetAllocation: allocation,
}

export const portfolioModel = z.strictObject({
  id: uuid,
  published: z.boolean(),
  householdId: uuid.nullable().describe('Null for published reference data.'),
  cmaId: uuid,
  name: z.string(),
  riskLevel: z.int(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  assetAllocation: z.record(z.string(), z.number()),
  expectedReturn: z.number().describe('Arithmetic, as a fraction.'),
  volatility: z.number(),
  sharpeRatio: z.number().nullable(),
  rowVersion: z.int(),
  createdAt: instant,
  updatedAt: instant,
})
