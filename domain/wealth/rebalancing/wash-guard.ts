import { addDays } from '../../shared/index.ts'
import { securityFamilies, washSaleWindow } from '../lots/index.ts'
import { unitsOf } from '../lots/quantities.ts'
import type { RebalancingInput } from './types.ts'

/** What was bought, and what was sold at a loss, so lately that it decides over wash sales. Identical securities are one family. */
export interface WashGuard {
  readonly familyOf: (symbol: string) => string
  /** Whether another purchase of the family would replace shares of this one: shares of one purchase do not replace one another. */
  readonly isReplaced: (family: string, openedBy: string | null) => boolean
  /** Families that were sold at a loss: a purchase would disallow it. */
  readonly lossFamilies: ReadonlySet<string>
}

/**
 * A sale at a loss counts as washed as soon as one share of another purchase of the last 30 days is left, though a part of the loss might be allowed.
 * Source: IRC 1091(a); 26 CFR 1.1091-1; Rev. Rul. 2008-5 for purchases in retirement accounts.
 */
export const washGuardOf = ({ today, washSales }: Pick<RebalancingInput, 'today' | 'washSales'>): WashGuard => {
  const { from } = washSaleWindow(today)
  const families = securityFamilies({ events: [], identicalPairs: washSales.identicalPairs })
  const familyOf = (symbol: string): string => families.get(symbol) ?? symbol
  const purchases = new Map<string, Set<string>>()
  for (const { boughtOn, openedBy, quantity, symbol } of washSales.purchases) {
    if (boughtOn < from || boughtOn > today || unitsOf(quantity) === 0n) continue
    const family = familyOf(symbol)
    purchases.set(family, (purchases.get(family) ?? new Set()).add(openedBy))
  }
  return {
    familyOf,
    isReplaced: (family, openedBy) => {
      const bought = purchases.get(family)
      return bought !== undefined && (bought.size > 1 || openedBy === null || !bought.has(openedBy))
    },
    lossFamilies: new Set(
      washSales.losses.filter(({ soldOn }) => soldOn >= addDays(today, -30) && soldOn <= today).map(loss => familyOf(loss.symbol)),
    ),
  }
}
