import { Money } from '../../components/figures.tsx'
import { Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { FigureText } from './figure.tsx'
import type { Performance } from './performance-data.ts'
import { performance as m } from '#messages/performance'

type Contribution = Performance['contributions'][number]

/** Holdings that are shown by name. The others are together in the last row. */
const shownRows = 15

/** An amount below half a cent is rounding. */
const isSomething = (amount: number) => Math.abs(amount) >= 0.005

interface Row {
  readonly key: string
  readonly name: string
  readonly account: string
  readonly contribution: Contribution['contribution']
  readonly gain: number
  readonly endValue: number
}

const nameOf = ({ symbol, toAccountId }: Contribution): string => {
  if (toAccountId !== null) return m.onTheWay
  return symbol ?? m.cash
}

const rowsOf = (contributions: readonly Contribution[], accountOf: (id: string) => string): readonly Row[] => {
  const counted = contributions
    .filter(({ endValue, gain }) => isSomething(gain) || isSomething(endValue))
    .toSorted((one, other) => Math.abs(other.gain) - Math.abs(one.gain))
  const rows = counted.slice(0, shownRows).map(
    (item): Row => ({
      ...item,
      key: `${item.accountId} ${item.toAccountId ?? ''} ${item.symbol ?? ''}`,
      name: nameOf(item),
      account: accountOf(item.accountId),
    }),
  )
  const rest = counted.slice(shownRows)
  if (rest.length === 0) return rows
  const sum = (of: (item: Contribution) => number) => rest.reduce((total, item) => total + of(item), 0)
  const isKnown = rest.every(({ contribution }) => contribution.value !== null)
  const contribution = isKnown ? { ...rest[0]!.contribution, value: sum(item => item.contribution.value ?? 0) } : rest[0]!.contribution
  return [
    ...rows,
    {
      key: 'rest',
      name: m.other(rest.length),
      account: '',
      contribution,
      gain: sum(({ gain }) => gain),
      endValue: sum(({ endValue }) => endValue),
    },
  ]
}

/** What each holding contributed to the return, the largest gain or loss first. */
export const ContributionTable = ({
  accountOf,
  performance: { contributions, currency },
}: {
  readonly performance: Performance
  readonly accountOf: (id: string) => string
}) => (
  <Section title={m.contributions} lead={m.contributionsLead}>
    <Table
      caption={m.contributions}
      rows={rowsOf(contributions, accountOf)}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', header: m.holding, cell: ({ name }) => <bdi>{name}</bdi> },
        { key: 'account', header: m.account, cell: ({ account }) => <bdi>{account}</bdi>, wide: true },
        { key: 'contribution', header: m.contribution, align: 'end', cell: ({ contribution }) => <FigureText figure={contribution} /> },
        { key: 'gain', header: m.gain, align: 'end', cell: ({ gain }) => <Money value={gain} currency={currency} signed /> },
        { key: 'end', header: m.end, align: 'end', cell: ({ endValue }) => <Money value={endValue} currency={currency} />, wide: true },
      ]}
    />
  </Section>
)
