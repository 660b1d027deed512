import { Link } from 'wouter'
import type { ApiItem } from '../../../lambdas/api-types.ts'
import { Percent } from '../../components/figures.tsx'
import { formatNumber } from '../../components/format.ts'
import { Badge } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { models as m } from '#messages/plan-assumptions'

type Model = ApiItem<'GET /v1/planning/portfolio-models'>

/** Portfolio models with their figures. `ownerOf` names the household of a model, and `setOf` its assumption set if that is of interest. */
export const ModelTable = ({
  models,
  ownerOf,
  setOf,
}: {
  readonly models: readonly Model[]
  readonly ownerOf: (householdId: string | null) => string
  readonly setOf?: (cmaId: string) => string
}) => {
  const look = useLook()
  return (
    <Table
      caption={m.caption}
      rows={models}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: m.columns.name,
          cell: ({ id, isActive, name }) => (
            <>
              <Link href={`/assumptions/models/${id}`}>
                <bdi>{name}</bdi>
              </Link>{' '}
              {!isActive && <Badge kind="warn">{m.notOffered}</Badge>}
            </>
          ),
        },
        ...(setOf
          ? [{ key: 'set', header: m.columns.set, wide: true as const, cell: ({ cmaId }: Model) => <bdi>{setOf(cmaId)}</bdi> }]
          : []),
        { key: 'household', header: m.columns.household, wide: true, cell: ({ householdId }) => <bdi>{ownerOf(householdId)}</bdi> },
        { key: 'risk', header: m.columns.risk, align: 'end', cell: ({ riskLevel }) => riskLevel },
        {
          key: 'mean',
          header: m.columns.mean,
          align: 'end',
          cell: ({ expectedReturn }) => <Percent value={expectedReturn} digits={2} />,
        },
        {
          key: 'volatility',
          header: m.columns.volatility,
          align: 'end',
          cell: ({ volatility }) => <Percent value={volatility} digits={2} />,
        },
        {
          key: 'sharpe',
          header: m.columns.sharpe,
          align: 'end',
          wide: true,
          cell: ({ sharpeRatio }) => (sharpeRatio === null ? '–' : formatNumber(sharpeRatio, look, 2)),
        },
      ]}
    />
  )
}
