import { Decimal, minorDigits, splitMoney } from '../../shared/index.ts'
import type { RuleAction, SplitPart } from './schema.ts'
import type { TransactionCategory } from '../categories.ts'
import { hundredthsOf, type Labels, type RuleTransaction, type SplitLine } from './transaction.ts'

/** The amounts of the parts, which add up to the amount; undefined if the parts are larger than it, or one would be zero. */
const amountsOf = (parts: readonly SplitPart[], amount: string, currency: string): string[] | undefined => {
  if (parts[0]!.percent !== undefined) {
    const weights = parts.map(({ percent }) => percent!)
    const shares = splitMoney(new Decimal(amount), weights, currency)
    return shares.some(share => share.isZero()) ? undefined : shares.map(share => share.toFixed(2))
  }
  const total = new Decimal(amount)
  const sign = total.isNegative() ? -1 : 1
  const given = parts.map(part => (part.amount === undefined ? undefined : new Decimal(part.amount).times(sign)))
  const rest = given.reduce<Decimal>((left, part) => left.minus(part ?? 0), total)
  const hasRest = given.includes(undefined)
  if (hasRest ? rest.times(sign).lessThanOrEqualTo(0) : !rest.isZero()) return undefined
  const amounts = given.map(part => part ?? rest)
  return amounts.some(part => part.isZero() || part.decimalPlaces() > minorDigits(currency))
    ? undefined
    : amounts.map(part => part.toFixed(2))
}

const splitOf = (parts: readonly SplitPart[], { amount, currency }: RuleTransaction): SplitLine[] | undefined => {
  if (hundredthsOf(amount) === 0) return undefined
  const amounts = amountsOf(parts, amount, currency)
  return amounts?.map((part, index) => ({
    category: parts[index]!.category,
    categoryId: parts[index]!.categoryId ?? null,
    amount: part,
    notes: parts[index]!.notes ?? null,
  }))
}

/**
 * Actions with the own categories of now: one decides the category above it, and one that was removed is left out.
 * @param parents the own categories of the household with the categories above them
 */
export const currentActions = (actions: readonly RuleAction[], parents: ReadonlyMap<string, TransactionCategory>): RuleAction[] => {
  const current = <Part extends { readonly category: TransactionCategory; readonly categoryId?: string | null | undefined }>(
    part: Part,
  ): Part => {
    const parent = parents.get(part.categoryId ?? '')
    return { ...part, category: parent ?? part.category, categoryId: parent ? part.categoryId : null }
  }
  return actions.map(action => {
    if (action.action === 'set_category') return current(action)
    return action.action === 'split' ? { ...action, parts: action.parts.map(current) } : action
  })
}

/** The labels that an action sets. */
export const labelsOfAction = (action: RuleAction, labels: Labels, transaction: RuleTransaction): Partial<Labels> => {
  switch (action.action) {
    case 'set_category':
      return { category: { category: action.category, categoryId: action.categoryId ?? null } }
    case 'add_tags':
      return { tags: [...new Set([...labels.tags, ...action.tags])] }
    case 'remove_tags':
      return { tags: labels.tags.filter(tag => !action.tags.includes(tag)) }
    case 'set_merchant':
      return { merchantName: action.merchantName }
    case 'set_notes':
      return { notes: action.notes }
    case 'split': {
      const splits = splitOf(action.parts, transaction)
      return splits === undefined ? {} : { splits }
    }
    case 'mark_transfer': {
      const isKept = labels.category.category !== 'transfer' && transaction.provenance['category'] === 'person'
      const accountId = action.accountId ?? labels.transferAccountId
      if (isKept || accountId === transaction.accountId) return {}
      return { category: { category: 'transfer', categoryId: null }, transferAccountId: accountId }
    }
  }
}
