import type { Field, InputDescription } from './description.ts'

const rate: Field = { name: 'rate', kind: 'percent', required: true }
const bracket: Field = {
  name: 'ordinaryRate',
  kind: 'choice',
  options: ['0.1', '0.12', '0.22', '0.24', '0.32', '0.35'],
  default: '0.12',
  numeric: true,
}

/** The fields of the inputs that say how a plan reacts. */
export const policyDescriptions = {
  spending_policy: {
    group: 'policies',
    single: true,
    fields: [
      {
        name: 'rule',
        kind: 'union',
        default: 'constant_real',
        cases: {
          constant_real: [],
          guyton_klinger: [
            { name: 'guardrail', kind: 'percent', default: 0.2 },
            { name: 'adjustment', kind: 'percent', default: 0.1 },
            { name: 'preservationOffYears', kind: 'number', unit: 'years', default: 15 },
            { name: 'freezeAfterLoss', kind: 'flag', default: true },
            { name: 'inflationCap', kind: 'percent' },
          ],
          fixed_percent: [rate],
          floor_ceiling: [
            rate,
            { name: 'floor', kind: 'percent', required: true },
            { name: 'ceiling', kind: 'percent', required: true },
            { name: 'bandAround', kind: 'choice', options: ['first_year', 'last_year'] },
          ],
          vpw: [
            { name: 'stockShare', kind: 'percent', required: true },
            { name: 'lastAge', kind: 'number', unit: 'age', default: 99 },
          ],
          rmd: [],
          ratchet: [
            { name: 'threshold', kind: 'percent', default: 0.5 },
            { name: 'raise', kind: 'percent', default: 0.1 },
            { name: 'everyYears', kind: 'number', unit: 'years', default: 3 },
          ],
          ninety_five_percent: [rate],
          one_over_n: [{ name: 'lastAge', kind: 'number', unit: 'age' }],
          hebeler_autopilot: [{ name: 'lastYearShare', kind: 'percent', default: 0.75 }],
          cape_based: [
            { name: 'baseRate', kind: 'percent', default: 0.0175 },
            { name: 'yieldShare', kind: 'percent', default: 0.5 },
            { name: 'startingCape', kind: 'number', required: true },
            { name: 'asset', kind: 'choice', options: [], from: 'assets' },
            { name: 'steadyReturnReal', kind: 'percent', required: true },
          ],
        },
      },
      { name: 'successCriterion', kind: 'choice', options: ['all_spending', 'essential_spending'], default: 'all_spending' },
      {
        name: 'byAge',
        kind: 'list',
        more: true,
        fields: [
          { name: 'age', kind: 'number', unit: 'age', required: true },
          { name: 'multiplier', kind: 'percent', required: true },
        ],
      },
    ],
  },
  withdrawal_policy: {
    group: 'policies',
    single: true,
    fields: [
      {
        name: 'order',
        kind: 'union',
        default: 'conventional',
        cases: {
          conventional: [],
          proportional: [],
          bracket_aware: [bracket],
          custom: [
            {
              name: 'accounts',
              kind: 'list',
              plain: true,
              fields: [{ name: 'account', kind: 'reference', to: 'account', required: true }],
            },
          ],
        },
      },
      { name: 'surplus', kind: 'choice', options: ['taxable', 'spent'], default: 'taxable' },
    ],
  },
  roth_conversion: {
    group: 'policies',
    single: true,
    fields: [
      {
        name: 'amount',
        kind: 'union',
        default: 'fill_bracket',
        cases: {
          fill_bracket: [bracket],
          fixed: [
            { name: 'annualAmount', kind: 'money', required: true },
            { name: 'indexedToInflation', kind: 'flag', default: true },
          ],
          fill_irmaa_tier: [{ name: 'tier', kind: 'choice', options: ['0', '1', '2', '3', '4'], default: '0', numeric: true }],
        },
      },
      { name: 'startYear', kind: 'year', required: true, default: 0 },
      { name: 'endYear', kind: 'year', last: true, required: true },
    ],
  },
} as const satisfies Readonly<Record<string, InputDescription>>
