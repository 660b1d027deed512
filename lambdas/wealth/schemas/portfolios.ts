import * as z from 'zod'
import { portfolioChanges, portfolioTypes, targetKinds, usualBands } from '../../../domain/wealth/index.ts'
import { currency, givenOnce, instant, jsonDifference, label, nameSchemas, prose, uuid } from '../../runtime/schemas.ts'

const fraction = z
  .string()
  .regex(
    /^(0|1|0?\.\d{1,6}|0\.\d{1,6}|1\.0{1,6})$/,
    'must be a fraction from 0 to 1 as a decimal string with at most 6 decimals: 5 % is "0.05"',
  )
  .meta({ id: 'Weight', description: 'A fraction from 0 to 1 as a decimal string: 5 % is "0.05".', example: '0.05' })

export const targetKind = z.enum(targetKinds).meta({
  id: 'TargetKind',
  description:
    'What the weights of a target are about: nothing, asset classes, single securities (`instrument`), or the classes of a portfolio model of planning.',
})

/** An asset class or a symbol. Classes are those of assumption sets, such as us_large_cap. */
const key = z.string().trim().min(1).max(64)

export const targetWeight = z
  .strictObject({
    key: key.describe('An asset class such as `us_large_cap`, or a symbol. Money that is not invested is `cash`.'),
    weight: fraction.refine(text => Number(text) > 0, { error: 'must be above zero' }).describe('Weight as a fraction.'),
  })
  .meta({ id: 'TargetWeight', description: 'A part of a target, or of a security.' })

const bands = z
  .strictObject({
    absoluteBand: fraction.describe(
      'How far a weight may be from its target, as a fraction of the portfolio: "0.05" are five percentage points.',
    ),
    relativeBand: fraction.describe('The same as a fraction of the target. The narrower of the two counts.'),
  })
  .meta({ id: 'RebalancingBands', description: 'When a part of a portfolio is out of balance.' })

export const portfolioPatchFields = {
  name: label.describe('Name of the portfolio.'),
  description: prose.nullable().describe('What it is for.'),
  currency: currency.describe('Its values are in it.'),
  isDefault: z.literal(true).describe('Makes it the portfolio that is shown first, instead of the one that was it until now.'),
  accountIds: z.array(uuid).max(100).describe('Its accounts. An account can be in several portfolios.'),
  targetKind,
  targetAllocation: z.array(targetWeight).max(200).describe('The weights of the target. They sum to exactly 1.'),
  portfolioModelId: uuid.nullable().describe('The portfolio model that is the target.'),
  rebalancing: bands,
  benchmarkId: uuid.nullable().describe('The benchmark with which its performance is compared.'),
}

export const portfolioFields = {
  householdId: uuid.describe('The household of the portfolio.'),
  name: portfolioPatchFields.name,
  description: portfolioPatchFields.description.optional().describe('What it is for.'),
  currency: currency.optional().describe('By default the currency of the household.'),
  isDefault: portfolioPatchFields.isDefault.optional(),
  accountIds: portfolioPatchFields.accountIds.min(1, 'must have at least one account'),
  targetKind: targetKind.default('none'),
  targetAllocation: portfolioPatchFields.targetAllocation.default([]),
  portfolioModelId: portfolioPatchFields.portfolioModelId.default(null),
  rebalancing: bands.default(usualBands),
  benchmarkId: portfolioPatchFields.benchmarkId.default(null),
}

export const portfolio = z.strictObject({
  id: uuid,
  householdId: uuid,
  name: z.string(),
  description: z.string().nullable(),
  portfolioType: z.enum(portfolioTypes).meta({ id: 'PortfolioType', description: '`live`: what the household holds.' }),
  currency: z.string(),
  isDefault: z.boolean(),
  accountIds: z.array(uuid),
  targetKind,
  targetAllocation: z.array(targetWeight),
  portfolioModelId: uuid.nullable(),
  rebalancing: bands,
  benchmarkId: uuid.nullable(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

export const portfolioVersionSummary = z.strictObject({
  version: z.int(),
  change: z.enum(portfolioChanges).meta({ id: 'PortfolioChange', description: 'What made the version.' }),
  fromVersion: z.int().nullable().describe('The version that was restored.'),
  createdAt: instant,
  createdBy: uuid.nullable(),
})

/** What a version keeps. */
const portfolioState = portfolio.pick({
  name: true,
  description: true,
  currency: true,
  accountIds: true,
  targetKind: true,
  targetAllocation: true,
  portfolioModelId: true,
  rebalancing: true,
  benchmarkId: true,
})

export const portfolioVersion = portfolioVersionSummary.extend({ portfolio: portfolioState })

export const portfolioComparison = z.strictObject({
  from: portfolioVersionSummary,
  to: portfolioVersionSummary,
  differences: z.array(jsonDifference),
})

const classes = z
  .array(targetWeight)
  .min(1)
  .max(50)
  .superRefine(givenOnce('key'))
  .describe('The classes and their weights. They sum to exactly 1.')

export const securityClassFields = { classes }
export const newSecurityClass = z.strictObject({
  householdId: uuid.describe('The household.'),
  symbol: z.string().trim().min(1).max(200).describe('The security.'),
  classes,
})
export const securityClass = z.strictObject({
  id: uuid,
  householdId: uuid,
  symbol: z.string(),
  classes: z.array(targetWeight),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

nameSchemas({
  Portfolio: portfolio,
  PortfolioComparison: portfolioComparison,
  PortfolioState: portfolioState,
  PortfolioVersion: portfolioVersion,
  PortfolioVersionSummary: portfolioVersionSummary,
  SecurityClasses: securityClass,
})
