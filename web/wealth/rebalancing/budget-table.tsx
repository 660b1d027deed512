import { useId } from 'react'
import { Count, Percent } from '../../components/figures.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { Dollars, dollarWords } from '../lots/lot-figures.tsx'
import type { Proposal, Rebalancing } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { budgets as m } from '#messages/rebalancing'

const outsideOf = ({ classes }: Proposal): number => classes.filter(({ isInside }) => !isInside).length

/** The proposals beside one another, by limit of gains. One is chosen. */
export const BudgetTable = ({
  answer: { assumptions, proposals, taxSource },
  chosen,
  onChoose,
}: {
  readonly answer: Rebalancing
  readonly chosen: Proposal
  readonly onChoose: (gainsBudget: string | null) => void
}) => {
  // Limits are settings, not what the person owns: without them, nobody could choose one.
  const limitLook = { ...useLook(), hidesAmounts: false }
  const group = useId()
  const reason = proposals.find(({ trackingErrorReason }) => trackingErrorReason !== null)?.trackingErrorReason
  return (
    <>
      <Table
        caption={m.caption}
        rows={proposals}
        rowKey={({ gainsBudget }) => gainsBudget ?? ''}
        columns={[
          {
            key: 'limit',
            header: m.limit,
            cell: proposal => (
              <label className={styles['choose']}>
                <input type="radio" name={group} checked={proposal === chosen} onChange={() => onChoose(proposal.gainsBudget)} />
                {proposal.gainsBudget === null ? m.none : dollarWords(proposal.gainsBudget, limitLook)}
              </label>
            ),
          },
          {
            key: 'tax',
            header: m.tax,
            align: 'end',
            cell: ({ tax }) => <Dollars value={taxSource === 'unknown' ? null : tax} none={m.unknown} />,
          },
          { key: 'short', header: m.short, align: 'end', cell: ({ realised }) => <Dollars value={realised.short} signed /> },
          { key: 'long', header: m.long, align: 'end', cell: ({ realised }) => <Dollars value={realised.long} signed /> },
          {
            key: 'trackingError',
            header: m.trackingError,
            align: 'end',
            cell: ({ trackingError }) => (trackingError === null ? m.unknown : <Percent value={trackingError} digits={2} />),
          },
          { key: 'outside', header: m.outside, align: 'end', cell: proposal => <Count value={outsideOf(proposal)} /> },
          { key: 'turnover', header: m.turnover, align: 'end', cell: ({ turnover }) => <Percent value={turnover} /> },
          { key: 'trades', header: m.trades, align: 'end', cell: ({ trades }) => <Count value={trades.length} /> },
        ]}
      />
      <p className={styles['quiet']}>
        {m.note} {reason ? m.noTrackingError[reason] : assumptions !== null && m.assumptions(assumptions)}
      </p>
    </>
  )
}
