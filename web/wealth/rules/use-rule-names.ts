import { useCategories } from '../register/use-categories.ts'
import { useAccounts } from '../use-household-data.ts'
import { list as m } from '#messages/rules'

type Options = readonly (readonly [value: string, label: string])[]

/** The accounts and categories of a household, which rules name by their ids. */
export interface RuleNames {
  readonly accounts: Options
  /** The categories of all households with the own ones below their parents: `shopping`, `shopping:<id>`. */
  readonly categories: Options
  readonly ownCategories: Options
  /** The name of an account or an own category. */
  readonly nameOf: (id: string) => string
}

/** The names that rules of a household need; `names` is undefined until they are read. */
export const useRuleNames = (householdId: string) => {
  const accounts = useAccounts(householdId)
  const categories = useCategories()
  const known = (accounts.data?.items ?? []).map(({ id, name }) => [id, name] as const)
  const ownCategories = categories.options.flatMap(([choice, name]) => {
    const [, id] = choice.split(':')
    return id === undefined ? [] : [[id, name] as const]
  })
  const byId = new Map<string, string>([...known, ...ownCategories])
  const names: RuleNames = { accounts: known, categories: categories.options, ownCategories, nameOf: id => byId.get(id) ?? m.removedName }
  return {
    names: accounts.data && categories.isKnown ? names : undefined,
    error: accounts.error ?? categories.error,
    retry: () => {
      void accounts.refetch()
      void categories.retry()
    },
  }
}
