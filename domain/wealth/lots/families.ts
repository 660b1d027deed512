import type { LotHistory } from './types.ts'

/**
 * Groups securities that affect each other: those of a merger, a spin-off or a symbol change, and those that a person has declared
 * substantially identical. Lots of different groups are independent. Returns the name of the group of each security: its first symbol by text.
 */
export const securityFamilies = (
  history: Pick<LotHistory, 'identicalPairs'> & {
    readonly events: readonly { readonly symbol: string; readonly newSymbol: string | null }[]
  },
): ReadonlyMap<string, string> => {
  const parents = new Map<string, string>()
  const rootOf = (symbol: string): string => {
    let root = symbol
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent
    parents.set(symbol, root)
    return root
  }
  const join = (one: string, other: string): void => {
    const [first, second] = [rootOf(one), rootOf(other)].toSorted((a, b) => (a < b ? -1 : 1)) as [string, string]
    parents.set(second, first)
  }
  for (const { newSymbol, symbol } of history.events) {
    if (!parents.has(symbol)) parents.set(symbol, symbol)
    if (newSymbol !== null) join(symbol, newSymbol)
  }
  for (const [one, other] of history.identicalPairs) join(one, other)
  return new Map([...parents.keys()].map(symbol => [symbol, rootOf(symbol)]))
}
