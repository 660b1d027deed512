import { addDays, addMonths } from '../../domain/shared/index.ts'
import type { Rule, RuleAction, RuleCondition, TransactionCategory } from '../../domain/wealth/index.ts'
import type { BenchRow } from './wealth-import.ts'

/** The labels that an import with rules must end with, as texts. */
export interface ExpectedLabels {
  category: TransactionCategory
  merchantName: string
  tags: string[]
  isTransfer: boolean
  partCount: number
}

export interface BenchRule extends Pick<Rule, 'conditions' | 'actions'> {
  readonly name: string
  readonly match?: 'any'
  /** Whether it holds for a row, written again without the code of rules. */
  readonly holds: (row: BenchRow) => boolean
}

const DAYS = 3650
const MONTHS = 120

const shops = [
  'WHOLEFDS MKT 10217',
  "TRADER JOE'S #148",
  'SAFEWAY STORE 2711',
  'SHELL OIL 5744',
  'CHEVRON 0093871',
  'UBER TRIP HELP.UBER.COM',
  'UBER EATS PENDING.UBER.COM',
  'LYFT RIDE SUN 8PM',
  'STARBUCKS STORE 05512',
  "PEET'S COFFEE 81",
  'AMZN MKTP US*2K4',
  'CVS/PHARMACY #0973',
  'DELTA AIR 0062341',
  'UNITED AIR 0162387',
  'MARRIOTT SFO',
  'CORNER BAKERY',
  'LA TAQUERIA',
  'CITY PARKING GARAGE',
  'TARGET T-1422',
  'COSTCO WHSE #0144',
  'IKEA EMERYVILLE',
  'HOME DEPOT 0639',
  'BEST BUY 0187',
  'SQ *FARMERS STAND',
  'DRY CLEANING CO',
  'BOOKS INC',
]

const monthly = [
  ['PAYROLL EXAMPLE CORP', '4210.55'],
  ['RENT 24 OAK STREET', '-2450.00'],
  ['NETFLIX.COM', '-15.49'],
  ['PG&E WEB ONLINE', '-88.20'],
  ['ONLINE TRANSFER TO X2222', '-500.00'],
] as const

/** Ten years of an account until a day: what comes every month, and purchases of between one cent and 200 in 26 shops. */
export const ruledRows = (count: number, today: string): BenchRow[] => {
  const rows: BenchRow[] = []
  const first = addDays(today, -DAYS)
  for (let month = 0; month < MONTHS; month += 1)
    for (const [description, amount] of monthly) rows.push({ date: addMonths(today, -month), description, amount })
  for (let index = 0; rows.length < count; index += 1)
    rows.push({
      date: addDays(first, index % DAYS),
      description: `${shops[(index * 7919) % shops.length]} ${(index * 31) % 601}`,
      amount: (-((index * 104_729) % 20_000) / 100 - 0.01).toFixed(2),
    })
  return rows.toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

const payee = (operator: 'contains' | 'starts_with' | 'matches_words' | 'matches_pattern', value: string): RuleCondition => ({
  field: 'payee',
  operator,
  value,
})
const category = (name: TransactionCategory): RuleAction => ({ action: 'set_category', category: name })
const merchant = (merchantName: string): RuleAction => ({ action: 'set_merchant', merchantName })
const tags = (...names: string[]): RuleAction => ({ action: 'add_tags', tags: names })
const has = (text: string) => (row: BenchRow) => row.description.includes(text)

/** 20 rules as a household has them. One reads what an earlier one has set. */
export const benchRules = (checkingId: string, savingsId: string): BenchRule[] => {
  const above = (value: number) => (row: BenchRow) => Math.abs(Number(row.amount)) > value
  const both = (one: BenchRule['holds'], other: BenchRule['holds']) => (row: BenchRow) => one(row) && other(row)
  const either = (one: BenchRule['holds'], other: BenchRule['holds']) => (row: BenchRow) => one(row) || other(row)
  const rule = (
    name: string,
    conditions: readonly RuleCondition[],
    actions: readonly RuleAction[],
    holds: BenchRule['holds'],
    match?: 'any',
  ): BenchRule => ({ name, conditions, actions, holds, ...(match && { match }) })
  return [
    rule('Whole Foods', [payee('contains', 'wholefds')], [category('food_and_drink'), merchant('Whole Foods')], has('WHOLEFDS')),
    rule("Trader Joe's", [payee('starts_with', 'trader joe')], [category('food_and_drink'), merchant("Trader Joe's")], has('TRADER JOE')),
    rule('Safeway', [payee('contains', 'safeway')], [category('food_and_drink'), tags('groceries')], has('SAFEWAY')),
    rule(
      'Fuel',
      [payee('contains', 'shell oil'), payee('contains', 'chevron')],
      [category('transportation'), tags('car')],
      either(has('SHELL OIL'), has('CHEVRON')),
      'any',
    ),
    rule('Uber', [payee('contains', 'uber trip')], [category('transportation'), merchant('Uber')], has('UBER TRIP')),
    rule('Uber Eats', [payee('contains', 'uber eats')], [category('food_and_drink'), merchant('Uber Eats')], has('UBER EATS')),
    rule('Lyft', [payee('matches_words', 'ride lyft')], [category('transportation')], has('LYFT RIDE')),
    rule(
      'Coffee',
      [payee('matches_pattern', '^(starbucks|peet)')],
      [category('food_and_drink'), tags('coffee')],
      either(has('STARBUCKS'), has('PEET')),
    ),
    rule('Amazon', [payee('contains', 'amzn mktp')], [category('shopping'), merchant('Amazon')], has('AMZN MKTP')),
    rule(
      'Large orders',
      [
        { field: 'merchant', operator: 'equals', value: 'amazon' },
        { field: 'amount', operator: 'above', value: '150.00' },
      ],
      [tags('check')],
      both(has('AMZN MKTP'), above(150)),
    ),
    rule(
      'Pharmacy',
      [payee('contains', 'cvs/'), { field: 'amount', operator: 'between', value: '0.00', highest: '50.00' }],
      [category('health_and_fitness')],
      row => has('CVS/')(row) && !above(50)(row),
    ),
    rule(
      'Prescriptions',
      [payee('contains', 'cvs/'), { field: 'amount', operator: 'above', value: '50.00' }],
      [category('health_and_fitness'), tags('tax')],
      both(has('CVS/'), above(50)),
    ),
    rule(
      'Flights',
      [payee('contains', 'delta air'), payee('contains', 'united air')],
      [category('travel'), tags('trip')],
      either(has('DELTA AIR'), has('UNITED AIR')),
      'any',
    ),
    rule(
      'Hotels',
      [
        { field: 'description', operator: 'contains', value: 'marriott' },
        { field: 'account', accountIds: [checkingId] },
      ],
      [category('travel'), merchant('Marriott'), tags('trip')],
      has('MARRIOTT'),
    ),
    rule('Netflix', [payee('contains', 'netflix')], [category('entertainment'), merchant('Netflix')], has('NETFLIX')),
    rule('Power', [payee('contains', 'pg&e')], [merchant('PG&E'), tags('utilities')], has('PG&E')),
    rule(
      'Salary',
      [payee('contains', 'payroll'), { field: 'amount', operator: 'is_inflow' }],
      [category('income'), merchant('Example Corp')],
      has('PAYROLL'),
    ),
    rule(
      'Savings',
      [payee('contains', 'transfer to x2222')],
      [{ action: 'mark_transfer', accountId: savingsId }],
      has('TRANSFER TO X2222'),
    ),
    rule(
      'Costco',
      [payee('starts_with', 'costco'), { field: 'amount', operator: 'above', value: '1.00' }],
      [
        {
          action: 'split',
          parts: [
            { category: 'food_and_drink', percent: 70 },
            { category: 'shopping', percent: 30 },
          ],
        },
      ],
      both(has('COSTCO'), above(1)),
    ),
    rule(
      'Large purchases',
      [
        { field: 'amount', operator: 'is_outflow' },
        { field: 'amount', operator: 'between', value: '180.00', highest: '2000.00' },
      ],
      [tags('large')],
      ({ amount }) => Number(amount) <= -180 && Number(amount) >= -2000,
    ),
  ]
}

/** The labels of a row after rules, of which none takes back what another has set. */
export const expectedLabels = (rules: readonly BenchRule[], row: BenchRow): ExpectedLabels => {
  const labels: ExpectedLabels = { category: 'other', merchantName: '', tags: [], isTransfer: false, partCount: 0 }
  for (const { actions, holds } of rules) {
    if (!holds(row)) continue
    for (const action of actions) {
      if (action.action === 'set_category') labels.category = action.category
      if (action.action === 'set_merchant') labels.merchantName = action.merchantName
      if (action.action === 'add_tags') labels.tags.push(...action.tags)
      if (action.action === 'mark_transfer') Object.assign(labels, { category: 'transfer', isTransfer: true })
      if (action.action === 'split') labels.partCount = action.parts.length
    }
  }
  return labels
}
