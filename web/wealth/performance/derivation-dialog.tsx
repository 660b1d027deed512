import { Dialog } from '../../components/dialog.tsx'
import { CalendarDate, Money, Percent } from '../../components/figures.tsx'
import { formatMoney, formatPercent } from '../../components/format.ts'
import { Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { FigureText } from './figure.tsx'
import { type Derivation, type PerformanceScope, useDerivation } from './performance-data.ts'
import { derivation as m } from '#messages/performance'

interface Flow {
  readonly date: string
  readonly amount: number
  readonly weight?: number
}

const FlowTable = ({
  caption,
  currency,
  flows,
}: {
  readonly caption: string
  readonly currency: string
  readonly flows: readonly Flow[]
}) =>
  flows.length === 0 ? (
    <p>{m.noFlows}</p>
  ) : (
    <Table
      caption={caption}
      rows={flows}
      rowKey={({ date }) => date}
      columns={[
        { key: 'date', header: m.date, cell: ({ date }) => <CalendarDate date={date} /> },
        {
          key: 'amount',
          header: m.amount,
          align: 'end',
          cell: ({ amount }) => <Money value={amount} currency={currency} precision="exact" signed />,
        },
        ...(flows[0]?.weight === undefined
          ? []
          : [
              {
                key: 'weight',
                header: m.weight,
                align: 'end' as const,
                cell: ({ weight = 0 }: Flow) => <Percent value={weight} digits={2} />,
              },
            ]),
      ]}
    />
  )

const Weighted = ({ currency, timeWeighted }: Derivation) =>
  timeWeighted && (
    <Section title={timeWeighted.name} lead={timeWeighted.formula}>
      <p>
        <strong>
          <FigureText figure={timeWeighted} />
        </strong>
        {timeWeighted.idleDays > 0 && ` ${m.idle(timeWeighted.idleDays)}`}
      </p>
      <Table
        caption={timeWeighted.name}
        rows={timeWeighted.subPeriods}
        rowKey={({ from }) => from}
        columns={[
          { key: 'from', header: m.from, cell: ({ from }) => <CalendarDate date={from} /> },
          {
            key: 'begin',
            header: m.begin,
            align: 'end',
            cell: ({ beginValue }) => <Money value={beginValue} currency={currency} precision="exact" />,
            wide: true,
          },
          {
            key: 'flow',
            header: m.flow,
            align: 'end',
            cell: ({ flow, flowAtEnd }) => <Money value={flow - flowAtEnd} currency={currency} precision="exact" signed />,
          },
          {
            key: 'end',
            header: m.end,
            align: 'end',
            cell: ({ endValue }) => <Money value={endValue} currency={currency} precision="exact" />,
          },
          { key: 'return', header: m.return, align: 'end', cell: period => <Percent value={period.return} digits={3} signed /> },
        ]}
      />
    </Section>
  )

const Shown = (derivation: Derivation) => {
  const look = useLook()
  const { currency, modifiedDietz, moneyWeighted, simple } = derivation
  const money = (amount: number) => formatMoney(amount, look, { currency, precision: 'exact' })
  return (
    <>
      <Weighted {...derivation} />
      {moneyWeighted && (
        <Section title={moneyWeighted.name} lead={moneyWeighted.formula}>
          <p>
            <strong>
              <FigureText figure={moneyWeighted} />
            </strong>{' '}
            {moneyWeighted.message}
            {moneyWeighted.otherRates.length > 0 &&
              m.otherRates(moneyWeighted.otherRates.map(rate => formatPercent(rate, look, 2)).join(', '))}
          </p>
          <FlowTable caption={moneyWeighted.name} currency={currency} flows={moneyWeighted.flows} />
        </Section>
      )}
      {modifiedDietz && (
        <Section title={modifiedDietz.name} lead={modifiedDietz.formula}>
          <p>
            <strong>
              <FigureText figure={modifiedDietz} />
            </strong>{' '}
            {modifiedDietz.message}
            {modifiedDietz.gain !== null &&
              modifiedDietz.averageCapital !== null &&
              m.dietz(money(modifiedDietz.gain), money(modifiedDietz.averageCapital))}
          </p>
          <FlowTable caption={modifiedDietz.name} currency={currency} flows={modifiedDietz.flows} />
        </Section>
      )}
      {simple && (
        <Section title={simple.name} lead={simple.formula}>
          <p>
            <strong>
              <FigureText figure={simple} />
            </strong>{' '}
            {simple.message}
            {simple.parts && m.simple(money(simple.parts.gain), money(simple.parts.capital))}
          </p>
        </Section>
      )}
    </>
  )
}

/** The flows and values from which each return can be computed by hand. */
export const DerivationDialog = ({ onClose, scope }: { readonly scope: PerformanceScope; readonly onClose: () => void }) => {
  const { data, error, refetch } = useDerivation(scope)
  return (
    <Dialog title={m.title} onClose={onClose}>
      {error && <Failure error={error} retry={refetch} />}
      {!data && !error && <Loading />}
      {data && <Shown {...data} />}
    </Dialog>
  )
}
