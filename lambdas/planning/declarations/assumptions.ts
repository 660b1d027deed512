import * as z from 'zod'
import { capitalMarketAssumptions as assumptionTable, portfolioModels as modelTable } from '../../../db/schema/planning/assumptions.ts'
import { changes, creates, gets, lists } from '../../runtime/resource/declarations.ts'
import { reply } from '../../runtime/responses.ts'
import { calendarDate, patchOf, prose, uuid } from '../../runtime/schemas.ts'
import { updates } from '../../runtime/writes.ts'
import { assumptionSets, assumptionSetSummaries, portfolioModels } from '../resources.ts'
import { assumptionSetFields, assumptionSetSummary, assumptionStatus, portfolioModelFields } from '../schemas/assumptions.ts'
import { database } from './shared.ts'

const assumptionSetPath = z.strictObject({ assumptionSetId: uuid })

export const assumptionsDeclarations = {
  'list-assumption-sets': lists(assumptionSetSummaries, {
    description: 'Published sets and those of your households, without their figures.',
  }),
  'create-assumption-set': creates(assumptionSets, {
    description:
      'A correlation matrix that is not positive semi-definite is refused. The figures cannot be changed later: create a new version.',
    body: z.strictObject(assumptionSetFields),
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        version: '2026-house',
        name: 'House view 2026',
        effectiveDate: '2026-01-01',
        assumptions: {
          assets: [
            { key: 'stocks', name: 'Stocks', meanReturn: 0.07, volatility: 0.17 },
            { key: 'bonds', name: 'Bonds', meanReturn: 0.035, volatility: 0.055 },
          ],
          inflation: { mean: 0.025, volatility: 0.018 },
          correlation: [
            [1, 0.1],
            [0.1, 1],
          ],
        },
      },
    },
  }),
  'get-assumption-set': gets(assumptionSets, { description: 'With its figures.', refuses: [422] }),
  'update-assumption-set': changes(assumptionSetSummaries, {
    description: 'The figures cannot be changed. The answer has none.',
    body: patchOf({
      name: assumptionSetFields.name,
      description: prose.nullable().describe('What the set is for.'),
      isActive: z.boolean().describe('False when the set is no longer offered.'),
    }),
    example: { body: { name: 'House view 2026, first half' } },
  }),
  'transition-assumption-set': {
    method: 'POST',
    path: '/v1/planning/assumption-sets/{assumptionSetId}/transitions',
    summary: 'Move an assumption set to another status',
    description:
      'draft → in_review → approved → retired. A set in review can also go back to draft. Plans are simulated with approved sets only. The answer has no figures.',
    access: 'write',
    backends: database,
    ifMatch: 'required',
    params: assumptionSetPath,
    body: z.strictObject({
      status: assumptionStatus,
      effectiveDate: calendarDate.optional().describe('First day on which the set is valid.'),
      effectiveUntil: calendarDate.nullable().optional().describe('Day on which its validity ends. Null for no end.'),
    }),
    writes: [updates(assumptionTable, ['status', 'effectiveDate', 'effectiveUntil', 'approvedBy', 'approvedAt', 'rowVersion'])],
    responses: { 200: reply('The assumption set as it is now.', assumptionSetSummary) },
    example: { body: { status: 'in_review' } },
  },
  'list-portfolio-models': lists(portfolioModels, { description: 'Published models and those of your households.' }),
  'create-portfolio-model': creates(portfolioModels, {
    description: 'Its return, volatility and Sharpe ratio are computed from the assumption set.',
    body: z.strictObject(portfolioModelFields),
    example: {
      body: {
        householdId: '01990000-0000-7000-8000-000000000001',
        cmaId: '01990000-0000-7000-8000-000000000001',
        name: 'Sixty-forty',
        riskLevel: 6,
        assetAllocation: { stocks: 0.6, bonds: 0.4 },
      },
    },
  }),
  'get-portfolio-model': gets(portfolioModels),
  'update-portfolio-model': changes(portfolioModels, {
    description: 'Its return, volatility and Sharpe ratio are computed again when its allocation changes.',
    body: patchOf({
      name: portfolioModelFields.name,
      description: prose.nullable().describe('What the model is for.'),
      isActive: z.boolean().describe('False when the model is no longer offered.'),
      riskLevel: portfolioModelFields.riskLevel,
      assetAllocation: portfolioModelFields.assetAllocation,
    }),
    writes: [updates(modelTable, ['expectedReturn', 'volatility', 'sharpeRatio'])],
    example: { body: { name: 'Sixty-forty, rebalanced yearly' } },
  }),
} as const
