import * as z from 'zod'
import { byKind, findIssues, type Issue, numberFrom, type Rule, textOf, unless, wholeNumberFrom } from '../../shared/index.ts'
import { HOUSEHOLD_LIMITS } from '../household/limits.ts'
import { age, factor, money, share } from '../household/spec/ranges.ts'
import type { SpendingSpec } from './spec.ts'

const initial = byKind([z.object({ kind: z.literal('amount'), amountReal: money }), z.object({ kind: z.literal('rate'), rate: share })])
const filled = 'must have at least one entry'
const divisors = { firstAge: age, divisors: z.array(numberFrom(1, HOUSEHOLD_LIMITS.age)).min(1, filled) }
const ageCurve = z.object({
  interpolation: textOf(['linear', 'step']),
  points: z.array(z.object({ age, factor })).min(1, filled),
})

const spendingSpecSchema = z.object({
  rule: byKind([
    z.object({ kind: z.literal('constant-real'), initial }),
    z.object({ kind: z.literal('fixed-percent'), rate: share }),
    z.object({
      kind: z.literal('floor-ceiling'),
      rate: share,
      around: textOf(['first', 'last']),
      floorBelow: share,
      ceilingAbove: factor,
    }),
    z.object({
      kind: z.literal('guyton-klinger'),
      initial,
      upperGuardrail: factor,
      lowerGuardrail: share,
      cut: share,
      raise: factor,
      preservationOffYears: age,
      freezeAfterLoss: z.boolean(),
      inflationCap: share.nullable(),
    }),
    z.object({ kind: z.literal('vpw'), growthReal: numberFrom(-0.5, 0.5), legacyReal: money }),
    z.object({ kind: z.literal('rmd'), ...divisors }),
    z.object({
      kind: z.literal('ratchet'),
      initial,
      threshold: factor,
      thresholdIn: textOf(['nominal', 'real']),
      raise: factor,
      everyYears: wholeNumberFrom(1, HOUSEHOLD_LIMITS.age),
    }),
    z.object({ kind: z.literal('ninety-five-percent'), rate: share, keep: share }),
    z.object({ kind: z.literal('one-over-n') }),
    z.object({ kind: z.literal('hebeler-autopilot'), lastYearShare: share, ...divisors }),
    z.object({ kind: z.literal('cape-based'), baseRate: share, yieldShare: factor }),
  ]),
  essentialReal: money,
  ageCurve: ageCurve.optional(),
  essentialAgeCurve: ageCurve.optional(),
  success: textOf(['essential', 'all']),
}) satisfies z.ZodType<SpendingSpec>

/** The points of both curves are in ascending order of age. */
const curveRule: Rule<SpendingSpec> = spec =>
  (['ageCurve', 'essentialAgeCurve'] as const).flatMap(name => {
    const points = spec[name]?.points ?? []
    return points.flatMap((point, index) =>
      unless(index === 0 || point.age > points[index - 1]!.age, `${name}.points.${index}.age`, 'must be above the one before it'),
    )
  })

const essentialRule: Rule<SpendingSpec> = ({ essentialReal, rule }) => {
  const first = 'initial' in rule && rule.initial.kind === 'amount' ? rule.initial.amountReal : Number.POSITIVE_INFINITY
  return unless(essentialReal <= first, 'essentialReal', `must not be above the first year's spending of ${first}`)
}

/** All faults of a possible specification; empty when it can be prepared. */
export const validateSpending = (spec: unknown): Issue[] => findIssues<SpendingSpec>(spendingSpecSchema, spec, [curveRule, essentialRule])
