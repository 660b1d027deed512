import type { Field, InputDescription, InputType } from './description.ts'
import { policyDescriptions } from './policy-descriptions.ts'

const indexed: Field = { name: 'indexedToInflation', kind: 'flag', default: true }
const startYear: Field = { name: 'startYear', kind: 'year', default: 0 }
const lastYear: Field = { name: 'endYear', kind: 'year', last: true }
const amount: Field = { name: 'annualAmount', kind: 'money', required: true }
const growth: Field = { name: 'growthRate', kind: 'percent', default: 0, more: true }
const owner: Field = { name: 'person', kind: 'reference', to: 'person' }

const incomeFields: readonly Field[] = [
  owner,
  amount,
  startYear,
  lastYear,
  indexed,
  growth,
  { name: 'taxableShare', kind: 'percent', default: 1, more: true },
  { name: 'survivorShare', kind: 'percent', default: 0, more: true },
]
/** Years that are blank follow the retirement of the plan. */
const flowYears: readonly Field[] = [{ name: 'startYear', kind: 'year' }, lastYear]
const socialSecurity: Field = {
  name: 'socialSecurity',
  kind: 'optional',
  fields: [
    {
      name: 'benefit',
      kind: 'union',
      default: 'pia',
      cases: {
        pia: [{ name: 'monthlyAmount', kind: 'money', required: true }],
        earnings: [
          {
            name: 'byYear',
            kind: 'list',
            fields: [
              { name: 'year', kind: 'number', required: true },
              { name: 'amount', kind: 'money', required: true },
            ],
          },
        ],
      },
    },
    { name: 'claimingAgeMonths', kind: 'age-months', from: 744, to: 840, default: 804 },
  ],
}

/** The fields of each type of input, from which forms, summaries and differences are made. The words are in `#messages/plan-fields`. */
export const descriptions: Readonly<Record<InputType, InputDescription>> = {
  person: {
    group: 'people',
    fields: [
      { name: 'birthDate', kind: 'date', required: true },
      { name: 'retirementAge', kind: 'number', unit: 'age', required: true },
      socialSecurity,
      {
        name: 'lifespan',
        kind: 'union',
        default: 'fixed',
        more: true,
        cases: { fixed: [{ name: 'age', kind: 'number', unit: 'age', required: true, default: 95 }], life_table: [] },
      },
      { name: 'sex', kind: 'choice', options: ['female', 'male'], default: 'female', more: true },
      {
        name: 'earlyRetirement',
        kind: 'optional',
        more: true,
        fields: [
          { name: 'spendingMultiple', kind: 'number', unit: 'times', default: 25 },
          { name: 'fromAge', kind: 'number', unit: 'age', default: 0 },
        ],
      },
      { name: 'survivorClaimingAgeMonths', kind: 'age-months', from: 720, to: 840, more: true },
    ],
  },
  income: {
    group: 'income',
    fields: [{ name: 'kind', kind: 'choice', options: ['wages', 'self_employment', 'rental', 'other'], default: 'wages' }, ...incomeFields],
  },
  pension: { group: 'income', fields: incomeFields },
  annuity: { group: 'income', fields: incomeFields },
  account: {
    group: 'accounts',
    fields: [
      { name: 'kind', kind: 'choice', options: ['taxable', 'traditional', 'roth', 'hsa', 'education_529'], default: 'taxable' },
      { name: 'linkedAccountId', kind: 'real-account', of: 'account', clears: 'basisAsOf' },
      { name: 'balance', kind: 'money', required: true },
      { name: 'basis', kind: 'money', clears: 'basisAsOf' },
      { name: 'basisAsOf', kind: 'lots-day' },
      { name: 'owner', kind: 'reference', to: 'person' },
      { name: 'employerPlan', kind: 'flag', default: false },
      {
        name: 'allocation',
        kind: 'list',
        more: true,
        fields: [
          { name: 'year', kind: 'year', required: true, default: 0 },
          { name: 'weights', kind: 'weights' },
        ],
      },
      { name: 'feeRate', kind: 'percent', default: 0, more: true },
      { name: 'dividendYield', kind: 'percent', default: 0, more: true },
      {
        name: 'rebalancing',
        kind: 'union',
        default: 'calendar',
        more: true,
        cases: {
          calendar: [{ name: 'everyYears', kind: 'number', unit: 'years', required: true, default: 1 }],
          threshold: [{ name: 'drift', kind: 'percent', required: true, default: 0.05 }],
          never: [],
        },
      },
    ],
  },
  contribution: {
    group: 'savings',
    fields: [
      {
        name: 'by',
        kind: 'either',
        cases: {
          amount: [amount, indexed],
          share: [
            {
              name: 'shareOfIncome',
              kind: 'optional',
              always: true,
              fields: [
                { name: 'income', kind: 'reference', to: 'income', required: true },
                { name: 'share', kind: 'percent', required: true },
              ],
            },
          ],
        },
      },
      { name: 'account', kind: 'reference', to: 'account' },
      ...flowYears,
      {
        name: 'employerMatch',
        kind: 'optional',
        fields: [
          { name: 'income', kind: 'reference', to: 'income', required: true },
          { name: 'rate', kind: 'percent', required: true },
          { name: 'upToShareOfIncome', kind: 'percent', required: true },
        ],
      },
      { name: 'enforceLimits', kind: 'flag', default: true, more: true },
      { name: 'healthCoverage', kind: 'choice', options: ['self', 'family'], more: true },
    ],
  },
  withdrawal: { group: 'spending', fields: [amount, ...flowYears, indexed] },
  expense: {
    group: 'spending',
    fields: [
      amount,
      { name: 'essential', kind: 'flag', default: true },
      startYear,
      lastYear,
      indexed,
      growth,
      { name: 'survivorShare', kind: 'percent', default: 1, more: true },
      { name: 'medical', kind: 'flag', default: false, more: true },
      { name: 'charitable', kind: 'flag', default: false, more: true },
    ],
  },
  goal: {
    group: 'goals',
    fields: [
      { name: 'amount', kind: 'money', required: true },
      { name: 'year', kind: 'year', required: true },
      { name: 'priority', kind: 'number', default: 1 },
      indexed,
      { name: 'education', kind: 'flag', default: false, more: true },
    ],
  },
  property: {
    group: 'home',
    fields: [
      { name: 'value', kind: 'money', required: true },
      { name: 'basis', kind: 'money', required: true },
      { name: 'primaryResidence', kind: 'flag', default: false },
      { name: 'saleYear', kind: 'year' },
      { name: 'growthRate', kind: 'percent', default: 0, more: true },
      { name: 'saleCostRate', kind: 'percent', default: 0.06, more: true },
      { name: 'linkedAccountId', kind: 'real-account', of: 'property' },
    ],
  },
  debt: {
    group: 'home',
    fields: [
      { name: 'balance', kind: 'money', required: true },
      { name: 'annualRate', kind: 'percent', required: true },
      { name: 'annualPayment', kind: 'money', required: true },
      { name: 'linkedAccountId', kind: 'real-account', of: 'debt' },
    ],
  },
  tax_settings: {
    group: 'taxes',
    single: true,
    fields: [
      { name: 'state', kind: 'choice', options: [], from: 'states' },
      { name: 'filingStatus', kind: 'choice', options: ['single', 'married_joint', 'married_separate', 'head_of_household'] },
      { name: 'tableYear', kind: 'choice', options: ['2025', '2026'], numeric: true, more: true },
      { name: 'enabled', kind: 'flag', default: true, more: true },
    ],
  },
  ...policyDescriptions,
}

export const inputTypes = Object.keys(descriptions) as InputType[]

export const isInputType = (text: string): text is InputType => Object.hasOwn(descriptions, text)
