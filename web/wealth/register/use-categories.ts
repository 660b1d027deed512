import { useApi } from '../../shell/api.ts'
import { useHouseholds } from '../../shell/household.ts'
import type { Category } from './transaction.ts'
import { categories as names } from '#messages/register'

interface Chosen {
  readonly category: Category
  readonly categoryId: string | null
}

/** One text for a category of all households or an own one: `shopping`, `shopping:<id>`. */
export const choiceOf = ({ category, categoryId }: Chosen): string => (categoryId === null ? category : `${category}:${categoryId}`)

/** The category of such a text. */
export const categoryOf = (choice: string): Chosen => {
  const [category, categoryId = null] = choice.split(':')
  return { category: category as Category, categoryId }
}

/** The categories of all households with the own ones below their parents, as options of a select, and the name of each. */
export const useCategories = () => {
  const { household } = useHouseholds()
  const { data, error, refetch } = useApi(
    'GET /v1/wealth/transaction-categories',
    { query: { limit: 1000, ...(household ? { householdId: household.id } : {}) } },
    { enabled: household !== undefined },
  )
  const own = data?.items ?? []
  const options = Object.entries(names).flatMap(([category, name]): (readonly [string, string])[] => [
    [category, name],
    ...own
      .filter(({ parent }) => parent === category)
      .map(({ id, name: ownName }) => [`${category}:${id}`, `${name} › ${ownName}`] as const),
  ])
  const nameOfId = new Map(own.map(({ id, name }) => [id, name]))
  return {
    isKnown: data !== undefined,
    error,
    retry: refetch,
    options,
    nameOf: ({ category, categoryId }: Chosen): string => nameOfId.get(categoryId ?? '') ?? names[category],
  }
}
