import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate, Percent } from '../../components/figures.tsx'
import { Loading } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useApi } from '../../shell/api.ts'
import { planTerms as m } from '#messages/plan-edit'

interface Row {
  readonly key: string
  readonly name: string
  readonly mean: number
  readonly volatility: number
}

/** The figures of an assumption set, to look at. */
export const AssumptionFigures = ({ assumptionSetId, onClose }: { readonly assumptionSetId: string; readonly onClose: () => void }) => {
  const { data, error, refetch } = useApi('GET /v1/planning/assumption-sets/{assumptionSetId}', { params: { assumptionSetId } })
  const rows: Row[] = data
    ? [
        ...data.assumptions.assets.map(({ key, meanReturn, name, volatility }) => ({ key, name, mean: meanReturn, volatility })),
        { key: 'inflation', name: m.inflation, ...data.assumptions.inflation },
      ]
    : []
  return (
    <Dialog title={m.figuresOf(data?.name ?? '…')} onClose={onClose}>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <p>{m.figuresLead}</p>
          <Table
            caption={m.figuresOf(data.name)}
            rows={rows}
            rowKey={row => row.key}
            columns={[
              { key: 'name', header: m.asset, cell: row => row.name },
              { key: 'mean', header: m.mean, align: 'end', cell: row => <Percent value={row.mean} digits={2} /> },
              { key: 'volatility', header: m.volatility, align: 'end', cell: row => <Percent value={row.volatility} digits={2} /> },
            ]}
          />
          <p>
            {m.source}: {data.source ?? m.nothing}, <CalendarDate date={data.effectiveDate} />
          </p>
        </>
      )}
    </Dialog>
  )
}
