import type { ReactNode } from 'react'
import { DateField, SelectField } from '../../components/field.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import { useAddress } from '../../shell/use-address.ts'
import { activity as m, things } from '#messages/trust'

const names = ['table', 'action', 'from', 'to', 'jump'] as const

const nextDay = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The filters of the audit trail that the address has, as the query of its lists. */
export const useEntryFilters = () => {
  const { read, write } = useAddress()
  const [table, action, from, to, jump] = names.map(read) as [string, string, string, string, string]
  const query = {
    ...(table === '' ? {} : { resourceType: table }),
    ...(action in m.actions ? { action: action as keyof typeof m.actions } : {}),
    ...(from === '' ? {} : { timestampFrom: from }),
    ...(to === '' ? {} : { timestampTo: nextDay(to) }),
    ...(jump === '' ? {} : { from: jump }),
  }
  return {
    query,
    isFiltered: Object.keys(query).length > 0,
    clear: () => write(Object.fromEntries(names.map(name => [name, '']))),
  }
}

export const EntryFilters = ({ children }: { readonly children?: ReactNode }) => {
  const { read, write } = useAddress()
  const field = (name: (typeof names)[number]) => filterField(name, read(name), value => write({ [name]: value }))
  return (
    <Filters>
      <SelectField
        {...field('table')}
        label={m.table}
        options={[['', m.all], ...Object.keys(things).map(table => [table, m.thing(table)] as const)]}
      />
      <SelectField {...field('action')} label={m.action} options={[['', m.all], ...Object.entries(m.actions)]} />
      <DateField {...field('from')} label={m.from} />
      <DateField {...field('to')} label={m.to} />
      <DateField {...field('jump')} label={m.jump} help={m.jumpHelp} />
      {children}
    </Filters>
  )
}
