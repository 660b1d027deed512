import { DateField, SelectField, TextField } from '../../components/field.tsx'
import { filterField, Filters } from '../../components/filters.tsx'
import styles from './register.module.css'
import { useCategories } from './use-categories.ts'
import { useLedgers } from './use-ledgers.ts'
import type { useFilters } from './use-filters.ts'
import { register as m } from '#messages/register'

/** The fields that narrow the register. */
export const RegisterFilters = ({
  picksAccount,
  read,
  write,
}: Pick<ReturnType<typeof useFilters>, 'read' | 'write'> & {
  /** Whether the rows are of all accounts. */
  readonly picksAccount: boolean
}) => {
  const ledgers = useLedgers()
  const { options } = useCategories()
  const field = (name: string) => filterField(name, read(name), value => write({ [name]: value }))
  const isNarrowed = ['from', 'to', 'least', 'most'].some(name => read(name) !== '')
  return (
    <Filters>
      <TextField {...field('search')} type="search" label={m.search} placeholder={m.searchHelp} />
      {picksAccount && (
        <SelectField
          {...field('account')}
          label={m.account}
          options={[['', m.allAccounts], ...ledgers.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      <SelectField {...field('category')} label={m.category} options={[['', m.all], ...options]} />
      <SelectField
        {...field('show')}
        label={m.show}
        options={[
          ['', m.showAll],
          ['uncategorised', m.showUncategorised],
          ['pending', m.showPending],
        ]}
      />
      <details className={styles['more']} open={isNarrowed || undefined}>
        <summary>{m.moreFilters}</summary>
        <div className={styles['others']}>
          <DateField {...field('from')} label={m.from} />
          <DateField {...field('to')} label={m.to} />
          <TextField {...field('least')} label={m.least} inputMode="text" placeholder={m.leastExample} />
          <TextField {...field('most')} label={m.most} inputMode="text" placeholder={m.mostExample} />
        </div>
      </details>
    </Filters>
  )
}
