import * as z from 'zod'
import { calendarDate, kindOf, label, nonNegativeMoney, prose, uuid } from '../../shared/index.ts'
import { transactionCategories } from '../categories.ts'
import { transactionTypes } from '../transaction-types.ts'
import { compilePattern } from './pattern.ts'

export const RULE_LIMITS = { rules: 500, conditions: 20, actions: 10, tags: 20, changedAtOnce: 10_000 } as const

const not = z.boolean().optional().describe('`true`: the condition holds where it otherwise would not.')
const text = z.string().trim().min(1).max(200)
const category = z.enum(transactionCategories)
const tag = z.string().trim().min(1).max(50)

export const textOperators = ['contains', 'equals', 'starts_with', 'ends_with', 'matches_words', 'matches_pattern', 'is_empty'] as const
export const amountOperators = ['equals', 'between', 'above', 'below', 'is_inflow', 'is_outflow'] as const

const patternIssue = (pattern: string): string | undefined => {
  try {
    compilePattern(pattern)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** The payee is the merchant or, where there is none, the description. */
const textCondition = <const Field extends string>(field: Field, description: string) =>
  z.strictObject({
    field: kindOf(field, description),
    operator: z.enum(textOperators).describe('How the text is compared, without case and accents.'),
    value: text.optional().describe('The text, the words or the pattern. Left out for `is_empty`.'),
    not,
  })

const amountCondition = z.strictObject({
  field: kindOf('amount', 'The amount without its sign, in the currency of the account.'),
  operator: z.enum(amountOperators).describe('How the amount is compared.'),
  value: nonNegativeMoney.optional().describe('Of `equals`, `above` and `below`; the lower end of `between`.'),
  highest: nonNegativeMoney.optional().describe('The upper end of `between`, which includes both ends.'),
  not,
})

export const ruleCondition = z
  .discriminatedUnion('field', [
    textCondition('payee', 'The merchant or, where there is none, the description.'),
    textCondition('merchant', 'The merchant.'),
    textCondition('description', 'The text of the institution.'),
    textCondition('notes', 'The notes.'),
    amountCondition,
    z.strictObject({
      field: kindOf('account', 'The account.'),
      accountIds: z.array(uuid).min(1).max(50).describe('It is one of these.'),
      not,
    }),
    z.strictObject({
      field: kindOf('type', 'The type of the transaction.'),
      types: z.array(z.enum(transactionTypes)).min(1).describe('It is one of these.'),
      not,
    }),
    z.strictObject({
      field: kindOf('category', 'The category.'),
      categories: z.array(category).min(1).describe('It is one of these.'),
      not,
    }),
    z.strictObject({
      field: kindOf('own_category', 'The category of the household.'),
      categoryIds: z.array(uuid).min(1).max(50).describe('It is one of these.'),
      not,
    }),
    z.strictObject({ field: kindOf('tag', 'A tag.'), tag: tag.describe('The transaction has this tag.'), not }),
    z.strictObject({
      field: kindOf('date', 'The date.'),
      from: calendarDate.optional().describe('The first day.'),
      to: calendarDate.optional().describe('The last day.'),
      not,
    }),
  ])
  .superRefine((condition, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (condition.field === 'amount') {
      const takes = condition.operator !== 'is_inflow' && condition.operator !== 'is_outflow'
      if (takes && condition.value === undefined) fault('value', 'is required for this operator')
      if (condition.operator === 'between') {
        if (condition.highest === undefined) fault('highest', 'is required for this operator')
        else if (Number(condition.highest) < Number(condition.value)) fault('highest', 'must not be below the lower end')
      }
    } else if (condition.field === 'date') {
      if (condition.from === undefined && condition.to === undefined) fault('from', 'must be given, or the last day')
      if (condition.from !== undefined && condition.to !== undefined && condition.to < condition.from)
        fault('to', 'must not be before the first day')
    } else if ('operator' in condition) {
      if (condition.operator === 'is_empty') return
      if (condition.value === undefined) return fault('value', 'is required for this operator')
      const issue = condition.operator === 'matches_pattern' ? patternIssue(condition.value) : undefined
      if (issue !== undefined) fault('value', issue)
    }
  })
export type RuleCondition = z.output<typeof ruleCondition>

const ownCategory = uuid.nullable().optional().describe('The household’s own category below it.')
const part = z.strictObject({
  category: category.describe('The category of the part.'),
  categoryId: ownCategory,
  percent: z.number().gt(0).max(100).optional().describe('The share of the amount. The shares add up to 100.'),
  amount: nonNegativeMoney.optional().describe('The size of the part. One part without an amount takes the rest.'),
  notes: prose.nullable().optional().describe('Notes on the part.'),
})
export type SplitPart = z.output<typeof part>

const splitAction = z
  .strictObject({ action: kindOf('split', 'Splits the amount.'), parts: z.array(part).min(2).max(20).describe('The parts.') })
  .superRefine(({ parts }, context) => {
    const shares = parts.filter(({ percent }) => percent !== undefined)
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['parts'], message })
    if (shares.length === 0) {
      if (parts.filter(({ amount }) => amount === undefined).length > 1) fault('only one part can take the rest')
    } else if (shares.length < parts.length || parts.some(({ amount }) => amount !== undefined)) {
      fault('each part must have a share, or each but one an amount')
    } else if (Math.abs(shares.reduce((sum, { percent }) => sum + percent!, 0) - 100) > 1e-9) fault('the shares must add up to 100')
  })

/** What a rule sets on a transaction. */
export const ruleAction = z.discriminatedUnion('action', [
  z.strictObject({
    action: kindOf('set_category', 'Sets the category.'),
    category: category.describe('The category.'),
    categoryId: ownCategory,
  }),
  z.strictObject({
    action: kindOf('add_tags', 'Adds tags.'),
    tags: z.array(tag).min(1).max(RULE_LIMITS.tags).describe('The tags that are added.'),
  }),
  z.strictObject({
    action: kindOf('remove_tags', 'Removes tags.'),
    tags: z.array(tag).min(1).max(RULE_LIMITS.tags).describe('The tags that are removed.'),
  }),
  z.strictObject({ action: kindOf('set_merchant', 'Sets the merchant.'), merchantName: label.describe('The merchant.') }),
  z.strictObject({ action: kindOf('set_notes', 'Sets the notes.'), notes: prose.min(1).describe('The notes.') }),
  z.strictObject({
    action: kindOf('mark_transfer', 'Sets the category transfer, and the other account if it is known.'),
    accountId: uuid.nullable().optional().describe('The account that the money goes to or comes from.'),
  }),
  splitAction,
])
export type RuleAction = z.output<typeof ruleAction>

export interface Rule {
  readonly id: string
  readonly name: string
  readonly isActive: boolean
  /** `all`: every condition must hold. `any`: one is enough. A rule without a condition holds for every transaction. */
  readonly match: 'all' | 'any'
  readonly conditions: readonly RuleCondition[]
  readonly actions: readonly RuleAction[]
  /** Whether the rules after it are left out where it holds. */
  readonly stopAfter: boolean
}
