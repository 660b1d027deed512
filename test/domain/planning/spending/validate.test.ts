import { describe, expect, test } from 'vitest'
import {
  GUYTON_KLINGER_2006,
  retirementSpendingSmile,
  type SpendingRuleSpec,
  type SpendingSpec,
  validateSpending,
} from '../../../../domain/planning/spending/index.ts'
import { spending } from './paths.ts'

const initial = { kind: 'rate', rate: 0.04 } as const
const RULES: SpendingRuleSpec[] = [
  { kind: 'constant-real', initial: { kind: 'amount', amountReal: 40_000 } },
  { kind: 'fixed-percent', rate: 0.04 },
  { kind: 'floor-ceiling', around: 'first', rate: 0.04, floorBelow: 0.15, ceilingAbove: 0.2 },
  { ...GUYTON_KLINGER_2006, initial },
  { ...GUYTON_KLINGER_2006, initial, inflationCap: 0.06 },
  { kind: 'vpw', growthReal: 0.035, legacyReal: 100_000 },
  { kind: 'rmd', firstAge: 72, divisors: [27.4, 26.5] },
  { kind: 'ratchet', initial, threshold: 0.5, thresholdIn: 'real', raise: 0.1, everyYears: 3 },
  { kind: 'ninety-five-percent', rate: 0.04, keep: 0.95 },
  { kind: 'one-over-n' },
  { kind: 'hebeler-autopilot', lastYearShare: 0.75, firstAge: 72, divisors: [27.4, 26.5] },
  { kind: 'cape-based', baseRate: 0.0175, yieldShare: 0.5 },
]

const faults = (changes: Record<string, unknown>, rule: SpendingRuleSpec = RULES[0]!): string[] =>
  validateSpending(Object.assign(spending(rule), changes)).map(issue => issue.path)
const ruleFaults = (index: number, changes: Record<string, unknown>): string[] =>
  faults({}, Object.assign(structuredClone(RULES[index]!), changes))

test('finds no fault in valid specifications', () => {
  const curves: Partial<SpendingSpec> = { ageCurve: retirementSpendingSmile(50_000, 62), essentialReal: 30_000, success: 'essential' }
  for (const rule of RULES) expect(validateSpending(spending(rule, curves))).toEqual([])
})

describe('reports each fault with its path', () => {
  test.each([
    [0, { initial: { kind: 'amount', amountReal: 1e13 } }, 'rule.initial.amountReal'],
    [0, { initial: { kind: 'rate', rate: 1.01 } }, 'rule.initial.rate'],
    [0, { initial: { kind: 'share' } }, 'rule.initial.kind'],
    [0, { kind: 'by-feel' }, 'rule.kind'],
    [1, { rate: Number.NaN }, 'rule.rate'],
    [2, { floorBelow: 1.1 }, 'rule.floorBelow'],
    [2, { ceilingAbove: -0.1 }, 'rule.ceilingAbove'],
    [3, { upperGuardrail: -0.2 }, 'rule.upperGuardrail'],
    [3, { lowerGuardrail: 1.2 }, 'rule.lowerGuardrail'],
    [3, { cut: 2 }, 'rule.cut'],
    [3, { raise: -1 }, 'rule.raise'],
    [3, { preservationOffYears: 15.5 }, 'rule.preservationOffYears'],
    [4, { inflationCap: -0.01 }, 'rule.inflationCap'],
    [5, { growthReal: 0.6 }, 'rule.growthReal'],
    [5, { legacyReal: -1 }, 'rule.legacyReal'],
    [6, { firstAge: 121 }, 'rule.firstAge'],
    [6, { divisors: [] }, 'rule.divisors'],
    [6, { divisors: [27.4, 0] }, 'rule.divisors.1'],
    [7, { threshold: -0.5 }, 'rule.threshold'],
    [7, { thresholdIn: 'gold' }, 'rule.thresholdIn'],
    [7, { raise: Number.POSITIVE_INFINITY }, 'rule.raise'],
    [7, { everyYears: 0 }, 'rule.everyYears'],
    [8, { rate: -0.04 }, 'rule.rate'],
    [8, { keep: 1.5 }, 'rule.keep'],
    [10, { lastYearShare: 1.1 }, 'rule.lastYearShare'],
    [10, { divisors: [0] }, 'rule.divisors.0'],
    [11, { baseRate: -0.1 }, 'rule.baseRate'],
    [11, { yieldShare: 11 }, 'rule.yieldShare'],
  ])('rule %i with %o', (index, changes, path) => {
    expect(ruleFaults(index, changes)).toEqual([path])
  })

  const curve = (points: { age: number; factor: number }[], interpolation = 'linear') => ({ interpolation, points })
  test.each([
    [{ essentialReal: -1 }, 'essentialReal'],
    [{ essentialReal: 40_001 }, 'essentialReal'],
    [{ success: 'maybe' }, 'success'],
    [{ ageCurve: curve([]) }, 'ageCurve.points'],
    [{ ageCurve: curve([{ age: 65, factor: 1 }], 'spline') }, 'ageCurve.interpolation'],
    [{ ageCurve: curve([{ age: 65.5, factor: 1 }]) }, 'ageCurve.points.0.age'],
    [
      {
        ageCurve: curve([
          { age: 65, factor: 1 },
          { age: 65, factor: 1 },
        ]),
      },
      'ageCurve.points.1.age',
    ],
    [{ essentialAgeCurve: curve([{ age: 65, factor: -1 }]) }, 'essentialAgeCurve.points.0.factor'],
  ])('%o', (changes, path) => {
    expect(faults(changes)).toEqual([path])
  })
})
