import { fold, wordsOf } from './fold.ts'
import { compilePattern } from './pattern.ts'
import type { Rule, RuleCondition } from './schema.ts'
import { hundredthsOf, type Labels, type RuleTransaction } from './transaction.ts'

/** The transaction with the labels that it has at this moment. */
export interface Subject {
  readonly transaction: RuleTransaction
  readonly labels: Labels
  /** Its texts without case and accents. */
  readonly folded: Readonly<Record<TextCondition['field'], string>>
}
type Test = (subject: Subject) => boolean
type TextCondition = Extract<RuleCondition, { field: 'payee' | 'merchant' | 'description' | 'notes' }>
type AmountCondition = Extract<RuleCondition, { field: 'amount' }>

/** Statements repeat their texts: each is folded once. */
const memoized = <Result>(compute: (text: string) => Result): ((text: string) => Result) => {
  const known = new Map<string, Result>()
  return text => {
    if (known.has(text)) return known.get(text)!
    const result = compute(text)
    known.set(text, result)
    return result
  }
}

/** Makes subjects. They share what is known about texts. */
export const subjectMaker = (): ((transaction: RuleTransaction, labels: Labels) => Subject) => {
  const folded = memoized(fold)
  return (transaction, labels) => {
    const merchant = labels.merchantName === null ? '' : folded(labels.merchantName)
    const description = folded(transaction.description)
    const payee = labels.merchantName === null ? description : merchant
    return { transaction, labels, folded: { merchant, description, payee, notes: labels.notes === null ? '' : folded(labels.notes) } }
  }
}

const textTest = ({ field, operator, value = '' }: TextCondition): Test => {
  const wanted = fold(value)
  const words = wordsOf(wanted)
  const search = operator === 'matches_pattern' ? compilePattern(value) : undefined
  const tests = {
    contains: text => text.includes(wanted),
    equals: text => text === wanted,
    starts_with: text => text.startsWith(wanted),
    ends_with: text => text.endsWith(wanted),
    matches_words: memoized(text => {
      const found = new Set(wordsOf(text))
      return words.length > 0 && words.every(word => found.has(word))
    }),
    matches_pattern: memoized(text => search!(text)),
    is_empty: text => text === '',
  } satisfies Record<TextCondition['operator'], (text: string) => boolean>
  const test: (text: string) => boolean = tests[operator]
  return ({ folded }) => test(folded[field])
}

const amountTest = ({ highest = '0', operator, value = '0' }: AmountCondition): Test => {
  const [low, high] = [hundredthsOf(value), hundredthsOf(highest)]
  const tests: Readonly<Record<AmountCondition['operator'], (hundredths: number) => boolean>> = {
    equals: amount => Math.abs(amount) === low,
    between: amount => Math.abs(amount) >= low && Math.abs(amount) <= high,
    above: amount => Math.abs(amount) > low,
    below: amount => Math.abs(amount) < low,
    is_inflow: amount => amount > 0,
    is_outflow: amount => amount < 0,
  }
  const test = tests[operator]
  return ({ transaction }) => test(hundredthsOf(transaction.amount))
}

const testOf = (condition: RuleCondition): Test => {
  switch (condition.field) {
    case 'amount':
      return amountTest(condition)
    case 'account':
      return ({ transaction }) => condition.accountIds.includes(transaction.accountId)
    case 'type':
      return ({ transaction }) => condition.types.includes(transaction.type)
    case 'category':
      return ({ labels }) => condition.categories.includes(labels.category.category)
    case 'own_category':
      return ({ labels }) => labels.category.categoryId !== null && condition.categoryIds.includes(labels.category.categoryId)
    case 'tag': {
      const tag = fold(condition.tag)
      return ({ labels }) => labels.tags.some(one => fold(one) === tag)
    }
    case 'date': {
      const { from = '', to = '9999-12-31' } = condition
      return ({ transaction }) => transaction.date >= from && transaction.date <= to
    }
    default:
      return textTest(condition)
  }
}

/** Makes the tests of rules. @throws DomainError for a pattern that cannot be read */
export const compileConditions = (rules: readonly Pick<Rule, 'conditions' | 'match'>[]): Test[] =>
  rules.map(({ conditions, match }) => {
    const tests = conditions.map(condition => {
      const test = testOf(condition)
      return condition.not ? (subject: Subject) => !test(subject) : test
    })
    if (match === 'all' || tests.length === 0) return subject => tests.every(test => test(subject))
    return subject => tests.some(test => test(subject))
  })
