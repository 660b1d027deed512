import { useRef } from 'react'
import { Button } from '../../components/button.tsx'
import { download } from '../../components/download.ts'
import { Section } from '../../components/page.tsx'
import styles from './rebalancing.module.css'
import { TradeTable, type TradesProps } from './trade-table.tsx'
import { tradesCsv } from './trades-csv.ts'
import { csv, trades as m } from '#messages/rebalancing'

/** The trades of a proposal, which can be saved as a file. The security of a sale that is unticked is kept. */
export const TradeSection = ({
  date,
  doNotSell,
  isWaiting,
  onKeep,
  ...shown
}: TradesProps & {
  /** The day of the proposal. */
  readonly date: string
  /** Whether another proposal is awaited: this one is not saved any more. */
  readonly isWaiting: boolean
  readonly doNotSell: readonly string[]
  readonly onKeep: (doNotSell: readonly string[]) => void
}) => {
  const { nameOf, trades } = shown
  const group = useRef<HTMLDivElement>(null)
  const toggle = (symbol: string): void => {
    onKeep(doNotSell.includes(symbol) ? doNotSell.filter(each => each !== symbol) : [...doNotSell, symbol])
    // What was pressed goes away with the next proposal: the focus stays near it.
    group.current?.focus()
  }
  const save = (): void => download(csv.file(date), tradesCsv(trades, nameOf), 'text/csv')
  return (
    <Section
      title={m.title}
      lead={m.lead}
      actions={
        trades.length > 0 && (
          <Button icon="download" disabled={isWaiting} onClick={save}>
            {m.csv}
          </Button>
        )
      }
    >
      <div ref={group} role="group" aria-label={m.title} tabIndex={-1} className={styles['group']}>
        {doNotSell.length > 0 && (
          <div className={styles['kept']}>
            {m.kept}
            {doNotSell.map(symbol => (
              <Button key={symbol} onClick={() => toggle(symbol)}>
                {m.sellAgain(symbol)}
              </Button>
            ))}
          </div>
        )}
        {trades.length > 0 && <TradeTable {...shown} kept={doNotSell} onToggle={toggle} />}
      </div>
    </Section>
  )
}
