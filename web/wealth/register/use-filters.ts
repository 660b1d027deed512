import { parseMoney } from '../../components/parse-figure.ts'
import { useLook } from '../../shell/preferences.ts'
import { useAddress } from '../../shell/use-address.ts'
import { useDelayed } from '../../shell/use-delayed.ts'
import type { Query } from './transaction.ts'
import { categoryOf } from './use-categories.ts'

const names = ['search', 'account', 'category', 'from', 'to', 'least', 'most', 'show'] as const

const asAmount = (text: string, locale: string): string => {
  const amount = parseMoney(text, locale)
  return amount !== undefined && /^-?\d{1,13}(\.\d{1,2})?$/.test(amount) ? amount : ''
}

/** The filters of the address, as a query of the list. */
export const useFilters = () => {
  const { locale } = useLook()
  const { read, write } = useAddress()
  const search = useDelayed(read('search'))
  const [least, most] = [useDelayed(read('least')), useDelayed(read('most'))]
  const category = read('category') === '' ? undefined : categoryOf(read('category'))
  const show = read('show')
  const chosen = {
    search,
    accountId: read('account'),
    dateFrom: read('from'),
    dateTo: read('to'),
    amountFrom: asAmount(least, locale),
    amountTo: asAmount(most, locale),
    category: category?.categoryId === null ? category.category : '',
    categoryId: category?.categoryId ?? '',
    isUncategorised: show === 'uncategorised' ? 'true' : '',
    isPending: show === 'pending' ? 'true' : '',
  }
  return {
    read,
    write,
    query: Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== '')) as Query,
    clear: () => write(Object.fromEntries(names.map(name => [name, '']))),
  }
}
