import * as z from 'zod'
import {
  DomainError,
  findIssues,
  type Immutable,
  type Issue,
  issuesOf,
  issuesUnder,
  label,
  listFrom,
  numberFrom,
  type Rule,
  tryParse,
} from '../../shared/index.ts'
import { returnRules, SPEC_LIMITS } from '../../simulation/index.ts'
import { allocation, assetKey } from './allocation.ts'

const { assets: mostAssets, inflationVolatility, meanInflation, meanReturn, volatility } = SPEC_LIMITS
const correlationRow = z.array(numberFrom(-1, 1)).max(mostAssets)

/** An assumption set (capital market assumptions): mean, volatility and correlations of each asset class and of inflation. */
export const assumptionsDocument = z.strictObject({
  assets: listFrom(
    z.strictObject({
      key: assetKey.describe('Key of the asset class, which allocations refer to.'),
      name: label.describe('Name of the asset class.'),
      meanReturn: numberFrom(meanReturn.minimum, meanReturn.maximum).describe(
        'Arithmetic mean of the simple annual return, as a fraction.',
      ),
      volatility: numberFrom(0, volatility).describe('Standard deviation of the simple annual return, as a fraction.'),
    }),
    1,
    mostAssets,
  ).describe('The asset classes.'),
  inflation: z
    .strictObject({
      mean: numberFrom(meanInflation.minimum, meanInflation.maximum).describe('Mean rate per year, as a fraction.'),
      volatility: numberFrom(0, inflationVolatility).describe('Standard deviation of the rate per year, as a fraction.'),
      correlation: correlationRow.optional().describe('Correlation with each asset class, in their order. When left out, zero.'),
    })
    .describe('Inflation.'),
  correlation: z.array(correlationRow).max(mostAssets).describe('Correlations of log returns: one row per asset class, in their order.'),
})

export type CapitalMarketAssumptions = Immutable<z.output<typeof assumptionsDocument>>
/** Shares of a portfolio by asset key; they add up to one. */
export type Allocation = Readonly<Record<string, number>>

/** The correlation matrix with inflation as its last row and column. */
export const withInflation = ({ assets, correlation, inflation }: CapitalMarketAssumptions): number[][] => {
  const last = inflation.correlation ?? assets.map(() => 0)
  return [...correlation.map((row, asset) => [...row, last[asset] ?? 0]), [...last, 1]]
}

/** The matrix has one row per asset class, and the engine accepts a portfolio of all of them. */
const matrixRule: Rule<CapitalMarketAssumptions> = assumptions => {
  const { assets, correlation, inflation } = assumptions
  if (inflation.correlation && inflation.correlation.length !== assets.length)
    return [{ path: 'inflation.correlation', message: `must have ${assets.length} entries, one per asset class` }]
  const isSquare = correlation.length === assets.length && correlation.every(row => row.length === assets.length)
  if (!isSquare) return [{ path: 'correlation', message: `must be ${assets.length} x ${assets.length}: the asset classes in their order` }]
  const issues = returnRules({
    years: 1,
    stepsPerYear: 1,
    paths: 1,
    returns: {
      kind: 'lognormal',
      assets: assets.map(asset => ({ ...asset, weight: 1 / assets.length })),
      inflation: { mean: inflation.mean, volatility: inflation.volatility },
      correlation: withInflation(assumptions),
    },
  })
  return issues.map(({ message, path }) => ({ path: path.replace(/^returns\./, ''), message }))
}

/**
 * All faults of a possible assumption set: figures out of range, keys that are not unique, a matrix of the wrong size, not symmetric, or
 * not positive semi-definite (no returns can have such correlations).
 */
export const validateAssumptions = (assumptions: unknown): Issue[] =>
  findIssues<CapitalMarketAssumptions>(assumptionsDocument, assumptions, [matrixRule])

const read = <Schema extends z.ZodType>(schema: Schema, stored: unknown, name: string): z.output<Schema> => {
  const parsed = tryParse(schema, stored)
  if (parsed.success) return parsed.data
  throw new DomainError(issuesUnder(name, issuesOf(parsed.error)))
}

/** Reads a stored assumption set. @throws DomainError naming the field of `assumptions` that the current schema does not accept */
export const readAssumptions = (stored: unknown): CapitalMarketAssumptions => read(assumptionsDocument, stored, 'assumptions')

/** Reads the stored allocation of a portfolio model. @throws DomainError naming the key of `assetAllocation` at fault */
export const readAllocation = (stored: unknown): Allocation => read(allocation, stored, 'assetAllocation')
