import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { FigureTable } from './figure.tsx'
import { SaveReport } from './save-report.tsx'
import { categories as m } from '#messages/tax-reports'

/** What the ledger has for the taxes of a year, by category. */
export const CategorySection = ({ householdId, year }: { readonly householdId: string; readonly year: number }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/tax-reports/{year}', { params: { year: String(year) }, query: { householdId } })
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={
        data && data.categories.length > 0 && <SaveReport householdId={householdId} report="categories" title={m.title} year={year} />
      }
    >
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data?.categories.length === 0 && <p>{m.empty}</p>}
      {data && data.categories.length > 0 && (
        <FigureTable
          caption={m.caption}
          hasForms={false}
          householdId={householdId}
          lines={data.transactions}
          rows={data.categories.map(({ category, isSheltered, ...figure }) => ({
            key: `${category} ${figure.currency} ${isSheltered}`,
            form: '',
            box: '',
            words: isSheltered ? `${m.names[category]}, ${m.sheltered}` : m.names[category],
            ...figure,
          }))}
        />
      )}
    </Section>
  )
}
