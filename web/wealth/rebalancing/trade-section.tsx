import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { download } from '../../components/download.ts'
import { Badge, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { attempt } from '../attempt.ts'
import type { NameOf } from '../lots/lot-data.ts'
import { Dollars, dollarWords, isZero, Quantity } from '../lots/lot-figures.tsx'
import { partName } from '../portfolios/class-names.ts'
import { readLotDays } from './lot-days.ts'
import type { Rebalancing, Trade } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { SoldLots } from './sold-lots.tsx'
import { tradesCsv } from './trades-csv.ts'
import { csv, reasons, trades as m } from '#messages/rebalancing'
import { shared } from '#messages/lots'

/** The gain of a sale by term. */
const Gain = ({ trade: { longGain, lots, shortGain, side } }: { readonly trade: Trade }) => {
  const look = useLook()
  if (side === 'buy') return <>{m.none}</>
  if (lots.length === 0) return <>{m.notTaxed}</>
  const terms = [
    [shortGain, m.terms.short],
    [longGain, m.terms.long],
  ] as const
  return (
    <>
      {terms.map(([gain, term]) => isZero(gain) || <div key={term}>{m.gainOf(dollarWords(gain, look, true), term)}</div>)}
      {lots.some(({ gain }) => gain === null) && <div className={styles['quiet']}>{shared.unknown}</div>}
    </>
  )
}

/** The trades of a proposal, which can be saved as a file. A sale that is unticked is asked for no more. */
export const TradeSection = ({
  date,
  doNotSell,
  householdId,
  isByInstrument,
  nameOf,
  onKeep,
  taxSource,
  trades,
}: Pick<Rebalancing, 'date' | 'taxSource'> & {
  readonly trades: readonly Trade[]
  readonly householdId: string
  readonly isByInstrument: boolean
  readonly nameOf: NameOf
  readonly doNotSell: readonly string[]
  readonly onKeep: (doNotSell: readonly string[]) => void
}) => {
  const [opened, setOpened] = useState<Trade>()
  const save = () =>
    attempt(m.csvFailed, async () =>
      download(csv.file(date), tradesCsv(trades, nameOf, await readLotDays(householdId, trades)), 'text/csv'),
    )
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={
        trades.length > 0 && (
          <Button icon="download" onClick={() => void save()}>
            {m.csv}
          </Button>
        )
      }
    >
      {doNotSell.length > 0 && (
        <div className={styles['kept']}>
          {m.kept}
          {doNotSell.map(symbol => (
            <Button key={symbol} onClick={() => onKeep(doNotSell.filter(each => each !== symbol))}>
              {m.sellAgain(symbol)}
            </Button>
          ))}
        </div>
      )}
      {trades.length > 0 && (
        <Table
          caption={m.caption}
          rows={trades}
          rowKey={({ accountId, side, symbol }) => `${accountId} ${side} ${symbol}`}
          columns={[
            {
              key: 'include',
              header: m.include,
              hidesHeader: true,
              cell: ({ accountId, side, symbol }) =>
                side === 'sell' && (
                  <input
                    type="checkbox"
                    className={styles['include']}
                    aria-label={m.sellOf(symbol, nameOf(accountId))}
                    checked={!doNotSell.includes(symbol)}
                    onChange={({ currentTarget: { checked } }) =>
                      onKeep(checked ? doNotSell.filter(each => each !== symbol) : [...doNotSell, symbol])
                    }
                  />
                ),
            },
            {
              key: 'trade',
              header: m.trade,
              cell: ({ side, symbol }) => (
                <>
                  <Badge kind={side === 'buy' ? 'info' : 'plain'}>{m.sides[side]}</Badge> <bdi>{symbol}</bdi>
                </>
              ),
            },
            { key: 'account', header: m.account, cell: ({ accountId }) => <bdi>{nameOf(accountId)}</bdi> },
            { key: 'quantity', header: m.quantity, align: 'end', cell: ({ quantity }) => <Quantity value={quantity} /> },
            { key: 'amount', header: m.amount, align: 'end', cell: ({ amount }) => <Dollars value={amount} /> },
            { key: 'gain', header: m.gain, align: 'end', cell: trade => <Gain trade={trade} /> },
            {
              key: 'tax',
              header: m.tax,
              align: 'end',
              cell: ({ lots, tax }) => (lots.length === 0 ? m.none : <Dollars value={taxSource === 'unknown' ? null : tax} />),
            },
            {
              key: 'reason',
              header: m.reason,
              cell: ({ assetClass, reason }) => (
                <div className={styles['reason']}>
                  {reasons[reason](assetClass === null ? reasons.noName : partName(assetClass, isByInstrument))}
                </div>
              ),
            },
            {
              key: 'lots',
              header: m.lots,
              hidesHeader: true,
              cell: trade =>
                trade.lots.length > 0 && (
                  <Button aria-label={m.lotsOf(trade.symbol, nameOf(trade.accountId))} onClick={() => setOpened(trade)}>
                    {m.lots}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {opened && (
        <SoldLots householdId={householdId} trade={opened} account={nameOf(opened.accountId)} onClose={() => setOpened(undefined)} />
      )}
    </Section>
  )
}
