import { Link } from 'wouter'
import { CalendarDate } from '../../components/figures.tsx'
import { formatDate } from '../../components/format.ts'
import { Badge } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { type Position, positionPath } from './lot-data.ts'
import { Basis, Dollars, shareWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { investments as m, shared } from '#messages/lots'

const Security = ({ position: { accountId, isShort, lotCount, quantity, symbol } }: { readonly position: Position }) => {
  const look = useLook()
  return (
    <>
      <Link href={positionPath(accountId, symbol)}>
        <bdi>{symbol}</bdi>
      </Link>{' '}
      {isShort && <Badge kind="warn">{m.soldShort}</Badge>}
      <div className={`${styles['quiet']} ${styles['once']}`}>
        {shareWords(quantity, look)}, {m.lots(lotCount, String(lotCount))}
      </div>
    </>
  )
}

/** A market value with the day of its price. */
export const MarketValue = ({ marketValue, priceDate }: Pick<Position, 'marketValue' | 'priceDate'>) => {
  const look = useLook()
  return (
    <>
      <Dollars value={marketValue} none={shared.noPrice} />
      {priceDate !== null && <div className={styles['note']}>{m.priceOf(formatDate(priceDate, look))}</div>}
    </>
  )
}

/** The positions of an account. */
export const PositionTable = ({ account, positions }: { readonly account: string; readonly positions: readonly Position[] }) => (
  <Table
    caption={m.caption(account)}
    rows={positions}
    rowKey={({ isShort, symbol }) => `${symbol} ${isShort}`}
    columns={[
      { key: 'symbol', header: m.position, cell: position => <Security position={position} /> },
      { key: 'value', header: m.value, align: 'end', cell: position => <MarketValue {...position} /> },
      { key: 'basis', header: m.basis, align: 'end', cell: position => <Basis {...position} /> },
      {
        key: 'short',
        header: m.shortTerm,
        align: 'end',
        cell: ({ unrealisedShortTerm }) => <Dollars value={unrealisedShortTerm} signed />,
      },
      { key: 'long', header: m.longTerm, align: 'end', cell: ({ unrealisedLongTerm }) => <Dollars value={unrealisedLongTerm} signed /> },
      {
        key: 'next',
        header: m.next,
        cell: ({ nextLongTermOn }) =>
          nextLongTermOn === null ? <span className={styles['quiet']}>{m.none}</span> : <CalendarDate date={nextLongTermOn} />,
      },
    ]}
  />
)
