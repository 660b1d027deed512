import * as z from 'zod'
import { calendarDate, listFrom, numberFrom, numberOf, numbersFrom, type Rule, textOf, unless, wholeNumberFrom } from '../shared/index.ts'
import { returnModelSchema } from './return-model-schema.ts'
import { returnRules, weightRule } from './return-rules.ts'
import { accountRules } from './account-rules.ts'
import { type FlowSources, type PortfolioAccount, SPEC_LIMITS, type SimulationSpec } from './spec.ts'

const wholeNumber = /^(0|-?[1-9]\d{0,18})$/
/** Whether a text is a whole number of 64 bits. It never throws, whatever the checks before it found. */
const isInt64 = (text: string): boolean => wholeNumber.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)

const notASeed = 'must be a whole number of 64 bits as text, without leading zeros'
/** A 64-bit signed integer as text: JSON numbers are exact only up to 2^53. */
export const seed = z
  .string()
  .regex(wholeNumber, { error: notASeed, abort: true })
  .refine(isInt64, notASeed)
  .meta({ id: 'Seed', description: 'Seed of the random numbers: a signed 64-bit integer as text.' })

const notAFraction = 'must be a fraction between 0 and 1, both excluded'
export const percentiles = listFrom(z.number(notAFraction).gt(0, notAFraction).lt(1, notAFraction), 1, SPEC_LIMITS.percentiles)

export const stepsPerYear = numberOf([1, 12])
export const flowTiming = textOf(['begin', 'end'])
const flows = numbersFrom(-SPEC_LIMITS.money, SPEC_LIMITS.money)

const contributions = numbersFrom(0, SPEC_LIMITS.money)

const account = z.object({
  key: z.string().min(1, 'must not be empty'),
  openingBalance: numberFrom(0, SPEC_LIMITS.money),
  allocation: listFrom(
    z.object({ year: wholeNumberFrom(0, SPEC_LIMITS.years), weights: z.record(z.string(), numberFrom(0, 1)) }),
    1,
    SPEC_LIMITS.accounts,
  ),
  feeRate: numberFrom(0, SPEC_LIMITS.feeRate),
  realContributions: contributions,
  nominalContributions: contributions,
}) satisfies z.ZodType<PortfolioAccount>

const sources = z.object({
  people: z.array(z.object({ key: z.string(), birthDate: calendarDate, retirementAge: z.number() })),
  flows: z.array(
    z.object({ key: z.string(), startYear: z.number().nullable(), endYear: z.number().nullable(), account: z.string().nullable() }),
  ),
}) satisfies z.ZodType<FlowSources>

/** A specification, each member by itself. The schema only checks: the value itself, not the schema's output, is simulated, hashed and stored. */
export const simulationSpecSchema = z.object({
  years: wholeNumberFrom(1, SPEC_LIMITS.years),
  stepsPerYear,
  paths: wholeNumberFrom(1, SPEC_LIMITS.paths),
  seed,
  openingBalance: numberFrom(0, SPEC_LIMITS.money),
  realFlows: flows,
  nominalFlows: flows,
  accounts: listFrom(account, 1, SPEC_LIMITS.accounts).optional(),
  sources: sources.optional(),
  flowTiming,
  returns: returnModelSchema,
  percentiles,
}) satisfies z.ZodType<SimulationSpec>

/** The rules between its members. */
export const simulationRules: readonly Rule<SimulationSpec>[] = [
  ({ nominalFlows, realFlows, years }) =>
    Object.entries({ realFlows, nominalFlows }).flatMap(([name, { length }]) =>
      unless(length === years, name, `must have one entry for each of the ${years} years, not ${length}`),
    ),
  spec => ascendingIssues(spec.percentiles),
  weightRule,
  accountRules,
  returnRules,
]

/** Percentiles in order, no two the same. */
export const ascendingIssues = (fractions: readonly number[]) =>
  fractions.flatMap((fraction, index) =>
    unless(index === 0 || fraction > fractions[index - 1]!, `percentiles.${index}`, 'must be above the one before it'),
  )
