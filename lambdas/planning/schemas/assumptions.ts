import * as z from 'zod'
import { assumptionStatuses } from '../../../db/schema/planning/assumptions.ts'
import { allocation, assumptionsDocument, riskLevel } from '../../../domain/planning/index.ts'
import { calendarDate, instant, label, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

export const assumptionSetFields = {
  householdId: uuid.describe('The household of the set.'),
  version: z.string().trim().min(1).max(50).describe('Your name of the version, such as `2026-house`.'),
  name: label.describe('Name of the assumption set.'),
  description: prose.nullable().optional().describe('What the set is for.'),
  effectiveDate: calendarDate.describe('First day on which the set is valid.'),
  source: label.nullable().optional().describe('Where the figures come from.'),
  methodology: prose.nullable().optional().describe('How the figures were made.'),
  reviewDate: calendarDate.nullable().optional().describe('Day on which the set is to be reviewed.'),
  assumptions: assumptionsDocument.describe('The figures of the set.'),
}

export const assumptionStatus = z.enum(assumptionStatuses).meta({ id: 'AssumptionStatus', description: 'Stage of an assumption set.' })

export const assumptionSetSummary = z.strictObject({
  id: uuid,
  published: z.boolean().describe('Whether the set is published: all users can read it, no user can change it.'),
  householdId: uuid.nullable().describe('Null for published sets.'),
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
  rowVersion: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const assumptionSet = assumptionSetSummary.extend({ assumptions: assumptionsDocument })

export const portfolioModelFields = {
  householdId: uuid.describe('The household of the model.'),
  cmaId: uuid.describe('The assumption set that gives the model its figures.'),
  name: label.describe('Name of the model.'),
  riskLevel: riskLevel.describe('Risk from 1, the lowest, to 10.'),
  description: prose.nullable().optional().describe('What the model is for.'),
  assetAllocation: allocation.describe(
    'Weight of each asset class as a fraction, by its key. The weights add up to 1; rounded weights are scaled.',
  ),
}

export const portfolioModel = z.strictObject({
  id: uuid,
  published: z.boolean(),
  householdId: uuid.nullable().describe('Null for published models.'),
  cmaId: uuid,
  name: z.string(),
  riskLevel: z.int(),
  description: z.string().nullable(),
  isActive: z.boolean(),
  assetAllocation: z
    .record(z.string(), z.number())
    .nullable()
    .describe('Weight of each asset class as a fraction. Null when the stored weights can no longer be read: send new ones.'),
  expectedReturn: z.number().describe('Arithmetic mean return per year, as a fraction.'),
  volatility: z.number(),
  sharpeRatio: z.number().nullable(),
  rowVersion: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({
  Assumptions: assumptionsDocument,
  AssumptionSet: assumptionSet,
  AssumptionSetSummary: assumptionSetSummary,
  PortfolioModel: portfolioModel,
})
