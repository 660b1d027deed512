import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  evaluateRules,
  type Rule,
  type RuleAction,
  type RuleChange,
  type RuleCondition,
  type RuleTransaction,
  ruleAction,
  ruleCondition,
  type SplitLine,
} from '../../../../domain/wealth/index.ts'

const transaction = (change: Partial<RuleTransaction> = {}): RuleTransaction => ({
  id: 't1',
  accountId: 'a1',
  type: 'cash',
  date: '2026-03-14',
  amount: '-12.34',
  currency: 'USD',
  description: 'WHOLE FOODS #123',
  merchantName: null,
  notes: null,
  category: { category: 'other', categoryId: null },
  tags: [],
  transferAccountId: null,
  splits: [],
  provenance: {},
  ...change,
})
const rule = (conditions: RuleCondition[], actions: RuleAction[], change: Partial<Rule> = {}): Rule => ({
  id: 'r1',
  name: 'Rule',
  isActive: true,
  match: 'all',
  conditions,
  actions,
  stopAfter: false,
  ...change,
})
const food: RuleAction = { action: 'set_category', category: 'food_and_drink' }
const shopping: RuleAction = { action: 'set_category', category: 'shopping' }
const holds = (condition: RuleCondition, change: Partial<RuleTransaction> = {}): boolean =>
  evaluateRules([rule([condition], [{ action: 'set_notes', notes: 'x' }])], [transaction(change)]).changes.length === 1

/** The transactions after the changes. */
const changed = (transactions: readonly RuleTransaction[], changes: readonly RuleChange[]): RuleTransaction[] =>
  transactions.map(one => ({
    ...one,
    ...Object.fromEntries(changes.filter(({ transactionId }) => transactionId === one.id).map(({ after, field }) => [field, after])),
  }))

describe('a condition', () => {
  it.each<[RuleCondition, Partial<RuleTransaction>, boolean]>([
    [{ field: 'payee', operator: 'contains', value: 'Café' }, { merchantName: 'CAFE NERO' }, true],
    [{ field: 'payee', operator: 'contains', value: 'whole' }, {}, true],
    [{ field: 'merchant', operator: 'contains', value: 'whole' }, {}, false],
    [{ field: 'merchant', operator: 'is_empty' }, {}, true],
    [{ field: 'description', operator: 'starts_with', value: 'whole foods' }, {}, true],
    [{ field: 'description', operator: 'ends_with', value: '#123' }, {}, true],
    [{ field: 'description', operator: 'equals', value: 'Whole  Foods #123' }, {}, true],
    [{ field: 'description', operator: 'matches_words', value: 'foods whole' }, {}, true],
    [{ field: 'description', operator: 'matches_words', value: 'food' }, {}, false],
    [{ field: 'description', operator: 'matches_pattern', value: '#\\d+$' }, {}, true],
    [{ field: 'description', operator: 'contains', value: 'whole', not: true }, {}, false],
    [{ field: 'notes', operator: 'equals', value: 'gift' }, { notes: 'Gift' }, true],
    [{ field: 'amount', operator: 'equals', value: '12.34' }, {}, true],
    [{ field: 'amount', operator: 'equals', value: '12.34' }, { amount: '12.34' }, true],
    [{ field: 'amount', operator: 'between', value: '12.34', highest: '12.34' }, {}, true],
    [{ field: 'amount', operator: 'above', value: '12.34' }, {}, false],
    [{ field: 'amount', operator: 'below', value: '12.35' }, {}, true],
    [{ field: 'amount', operator: 'is_outflow' }, {}, true],
    [{ field: 'amount', operator: 'is_inflow' }, {}, false],
    [{ field: 'account', accountIds: ['a2', 'a1'] }, {}, true],
    [{ field: 'type', types: ['dividend'] }, {}, false],
    [{ field: 'category', categories: ['other'] }, {}, true],
    [{ field: 'own_category', categoryIds: ['c1'] }, { category: { category: 'other', categoryId: 'c1' } }, true],
    [{ field: 'own_category', categoryIds: ['c1'] }, {}, false],
    [{ field: 'tag', tag: 'Été' }, { tags: ['ete'] }, true],
    [{ field: 'date', from: '2026-03-14', to: '2026-03-14' }, {}, true],
    [{ field: 'date', from: '2026-03-15' }, {}, false],
  ])('%j of %j: %s', (condition, change, expected) => {
    expect(holds(condition, change)).toBe(expected)
  })

  it.each([
    { field: 'amount', operator: 'between', value: '5.00' },
    { field: 'amount', operator: 'between', value: '5.00', highest: '4.00' },
    { field: 'payee', operator: 'contains' },
    { field: 'payee', operator: 'matches_pattern', value: '(' },
    { field: 'date' },
    { field: 'date', from: '2026-02-01', to: '2026-01-01' },
  ])('refuses %j', condition => {
    expect(ruleCondition.safeParse(condition).success).toBe(false)
  })
})

describe('the rules of a household', () => {
  it('need all conditions or any', () => {
    const conditions: RuleCondition[] = [
      { field: 'payee', operator: 'contains', value: 'whole' },
      { field: 'amount', operator: 'above', value: '100' },
    ]
    expect(evaluateRules([rule(conditions, [food])], [transaction()]).changes).toEqual([])
    expect(evaluateRules([rule(conditions, [food], { match: 'any' })], [transaction()]).changes).toEqual([
      {
        transactionId: 't1',
        ruleId: 'r1',
        field: 'category',
        before: { category: 'other', categoryId: null },
        after: { category: 'food_and_drink', categoryId: null },
      },
    ])
  })

  it('read what an earlier rule has set, and name the last rule that set a field', () => {
    const rules = [
      rule([], [{ action: 'set_merchant', merchantName: 'Whole Foods' }, food]),
      rule([{ field: 'merchant', operator: 'equals', value: 'whole foods' }], [shopping, { action: 'add_tags', tags: ['b', 'a'] }], {
        id: 'r2',
      }),
    ]
    const { changes } = evaluateRules(rules, [transaction({ tags: ['c'] })])
    expect(changes.map(({ after, field, ruleId }) => [field, ruleId, after])).toEqual([
      ['category', 'r2', { category: 'shopping', categoryId: null }],
      ['merchantName', 'r1', 'Whole Foods'],
      ['tags', 'r2', ['c', 'b', 'a']],
    ])
  })

  it('leave what a person has set, and go on with the rest', () => {
    const { changes } = evaluateRules(
      [rule([], [food, { action: 'set_notes', notes: 'n' }])],
      [transaction({ provenance: { category: 'person', notes: 'import' } })],
    )
    expect(changes.map(({ field }) => field)).toEqual(['notes'])
  })

  it('end after a rule that says so', () => {
    const rules = [rule([], [{ action: 'set_notes', notes: 'first' }], { stopAfter: true }), rule([], [food], { id: 'r2' })]
    expect(evaluateRules(rules, [transaction()]).changes.map(({ field }) => field)).toEqual(['notes'])
    expect(evaluateRules([{ ...rules[0]!, isActive: false }, rules[1]!], [transaction()]).changes.map(({ field }) => field)).toEqual([
      'category',
    ])
  })

  it('change nothing where they contradict one another without end', () => {
    const swap = (from: 'shopping' | 'food_and_drink', to: RuleAction, id: string) =>
      rule([{ field: 'category', categories: [from] }], [to], { id, stopAfter: true })
    const rules = [swap('shopping', food, 'r1'), swap('food_and_drink', shopping, 'r2')]
    const { changes, contradictions } = evaluateRules(rules, [transaction({ category: { category: 'shopping', categoryId: null } })])
    expect(changes).toEqual([])
    expect(contradictions).toEqual(['t1'])
  })

  it('mark a transfer with the other account, but not with its own, and not over the category of a person', () => {
    const mark = (accountId: string) => rule([], [{ action: 'mark_transfer', accountId }])
    expect(evaluateRules([mark('a2')], [transaction()]).changes.map(({ after }) => after)).toEqual([
      { category: 'transfer', categoryId: null },
      'a2',
    ])
    expect(evaluateRules([mark('a1')], [transaction()]).changes).toEqual([])
    expect(evaluateRules([mark('a2')], [transaction({ provenance: { category: 'person' } })]).changes).toEqual([])
  })
})

describe('a split', () => {
  const split = (parts: object[], amount: string) =>
    evaluateRules([rule([], [ruleAction.parse({ action: 'split', parts })])], [transaction({ amount })]).changes.map(({ after }) =>
      (after as SplitLine[]).map(line => line.amount),
    )

  it('by per cent adds up exactly', () => {
    const third = { category: 'shopping', percent: 100 / 3 }
    expect(split([third, third, third], '-100.00')).toEqual([['-33.34', '-33.33', '-33.33']])
  })

  it('by amounts gives the rest to the part without one', () => {
    const parts = [{ category: 'shopping', amount: '30.00' }, { category: 'travel' }]
    expect(split(parts, '-100.00')).toEqual([['-30.00', '-70.00']])
    expect(split(parts, '-30.00')).toEqual([])
  })

  it.each([
    [
      [
        { category: 'shopping', percent: 50 },
        { category: 'travel', percent: 49 },
      ],
    ],
    [
      [
        { category: 'shopping', percent: 50 },
        { category: 'travel', amount: '1.00' },
      ],
    ],
    [[{ category: 'shopping' }, { category: 'travel' }]],
  ])('refuses %j', parts => {
    expect(ruleAction.safeParse({ action: 'split', parts }).success).toBe(false)
  })
})

const categories = ['other', 'shopping', 'travel'] as const
const anyTag = fc.constantFrom('a', 'b', 'c')
const anyCondition: fc.Arbitrary<RuleCondition> = fc.oneof(
  fc.record({
    field: fc.constant('category' as const),
    categories: fc.array(fc.constantFrom(...categories), { minLength: 1 }),
    not: fc.boolean(),
  }),
  fc.record({ field: fc.constant('tag' as const), tag: anyTag, not: fc.boolean() }),
  fc.record({ field: fc.constant('payee' as const), operator: fc.constant('contains' as const), value: anyTag, not: fc.boolean() }),
  fc.record({ field: fc.constant('notes' as const), operator: fc.constant('is_empty' as const), not: fc.boolean() }),
)
const anyAction: fc.Arbitrary<RuleAction> = fc.oneof(
  fc.record({ action: fc.constant('set_category' as const), category: fc.constantFrom(...categories) }),
  fc.record({ action: fc.constant('add_tags' as const), tags: fc.array(anyTag, { minLength: 1 }) }),
  fc.record({ action: fc.constant('remove_tags' as const), tags: fc.array(anyTag, { minLength: 1 }) }),
  fc.record({ action: fc.constant('set_merchant' as const), merchantName: anyTag }),
  fc.record({ action: fc.constant('set_notes' as const), notes: anyTag }),
  fc.constant({ action: 'mark_transfer' as const, accountId: 'a2' }),
)
const anyRules = fc
  .array(
    fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(anyCondition, { maxLength: 2 }),
      actions: fc.array(anyAction, { minLength: 1, maxLength: 3 }),
      stopAfter: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map(rules => rules.map((one, index): Rule => ({ id: `r${index}`, name: 'x', isActive: true, ...one })))
const anyTransactions = fc
  .array(
    fc.record({
      category: fc.constantFrom(...categories).map(category => ({ category, categoryId: null })),
      tags: fc.uniqueArray(anyTag).map(tags => tags.toSorted()),
      merchantName: fc.option(anyTag),
      notes: fc.option(anyTag),
      provenance: fc.record({ category: fc.constantFrom('person', 'plaid'), tags: fc.constantFrom('person', 'rule') } as const),
    }),
    { maxLength: 5 },
  )
  .map(list => list.map((one, index) => transaction({ id: `t${index}`, ...one })))

describe('for any rules and transactions', () => {
  it('a second evaluation changes nothing', () => {
    fc.assert(
      fc.property(anyRules, anyTransactions, (rules, transactions) => {
        const { changes } = evaluateRules(rules, transactions)
        expect(evaluateRules(rules, changed(transactions, changes)).changes).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('the order of the transactions makes no difference', () => {
    const sorted = (changes: readonly RuleChange[]) => changes.map(change => JSON.stringify(change)).toSorted()
    fc.assert(
      fc.property(anyRules, anyTransactions, (rules, transactions) => {
        const backwards = evaluateRules(rules, transactions.toReversed())
        expect(sorted(backwards.changes)).toEqual(sorted(evaluateRules(rules, transactions).changes))
      }),
    )
  })

  it('what a person has set stays', () => {
    fc.assert(
      fc.property(anyRules, anyTransactions, (rules, transactions) => {
        const byId = new Map(transactions.map(one => [one.id, one]))
        for (const { field, transactionId } of evaluateRules(rules, transactions).changes)
          expect(byId.get(transactionId)!.provenance[field]).not.toBe('person')
      }),
    )
  })
})
