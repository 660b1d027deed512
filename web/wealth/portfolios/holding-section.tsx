import { useState } from 'react'
import { Link } from 'wouter'
import { IconButton } from '../../components/button.tsx'
import { Money, Percent } from '../../components/figures.tsx'
import { formatDate, formatMoney, formatPercent } from '../../components/format.ts'
import { Badge, Section } from '../../components/page.tsx'
import { Table } from '../../components/table.tsx'
import { useLook } from '../../shell/preferences.ts'
import { type NameOf, positionPath } from '../lots/lot-data.ts'
import { isZero, Quantity } from '../lots/lot-figures.tsx'
import { ClassDialog } from './class-dialog.tsx'
import { className } from './class-names.ts'
import type { Holding, Holdings } from './portfolio-data.ts'
import type { ShownPortfolio } from './portfolio-page-frame.tsx'
import styles from './portfolios.module.css'
import { holdings as m, shared } from '#messages/portfolios'

/** An amount in the currency of the portfolio, or that it is not known. */
const Amount = ({
  currency,
  signed = false,
  value,
}: {
  readonly value: string | null
  readonly currency: string
  readonly signed?: boolean
}) =>
  value === null ? (
    <span className={styles['note']}>{shared.unknown}</span>
  ) : (
    <Money value={value} currency={currency} precision="exact" signed={signed} />
  )

const Name = ({ holding: { accountId, gaps, isShort, kind, name, symbol } }: { readonly holding: Holding }) => (
  <div className={styles['security']}>
    {symbol === null ? (
      kind === 'cash' ? (
        m.cash
      ) : (
        m.rest
      )
    ) : (
      <Link href={positionPath(accountId, symbol)}>
        <bdi>{symbol}</bdi>
      </Link>
    )}{' '}
    {isShort && <Badge kind="warn">{m.soldShort}</Badge>}
    {name !== null && <div className={styles['note']}>{name}</div>}
    {kind === 'rest' && <div className={styles['note']}>{m.restNote}</div>}
    {gaps.map(({ kind: gap, message }) => (
      <div key={gap} className={styles['gap']}>
        {message}
      </div>
    ))}
  </div>
)

const Price = ({ holding: { price } }: { readonly holding: Holding }) => {
  const look = useLook()
  if (price === null) return <>{m.none}</>
  const date = formatDate(price.priceDate, look)
  return (
    <>
      <Money value={price.price} currency={price.currency} precision="exact" />
      <div className={styles['note']}>{price.source === 'market' ? m.marketPrice(date) : m.tradePrice(date)}</div>
    </>
  )
}

/** The gain, and if the exchange rate made a part of it, both parts. */
const Gain = ({ currency, holding }: { readonly holding: Holding; readonly currency: string }) => {
  const look = useLook()
  const { currencyGain, kind, priceGain, unrealisedGain, unrealisedGainPct } = holding
  if (kind !== 'security') return <>{m.none}</>
  const amount = (value: string) => formatMoney(value, look, { currency, precision: 'exact', signed: true })
  return (
    <>
      <Amount value={unrealisedGain} currency={currency} signed />
      {unrealisedGainPct !== null && (
        <div className={styles['note']}>
          <Percent value={unrealisedGainPct} signed />
        </div>
      )}
      {priceGain !== null && currencyGain !== null && !isZero(currencyGain) && (
        <>
          <div className={styles['note']}>{m.byPrice(amount(priceGain))}</div>
          <div className={styles['note']}>{m.byCurrency(amount(currencyGain))}</div>
        </>
      )}
    </>
  )
}

const Classes = ({ holding, onAssign }: { readonly holding: Holding; readonly onAssign: (() => void) | undefined }) => {
  const look = useLook()
  const { classes, classSource, symbol } = holding
  const [first, ...others] = classes
  const words =
    first && others.length === 0
      ? className(first.key)
      : classes.map(({ key, weight }) => m.part(className(key), formatPercent(weight, look, 0))).join(', ')
  return (
    <div className={styles['classes']}>
      <div>
        {words}
        {symbol !== null && <div className={styles['note']}>{m.sources[classSource]}</div>}
      </div>
      {symbol !== null && onAssign && <IconButton icon="edit" label={m.assign(symbol)} onClick={onAssign} />}
    </div>
  )
}

/** What a holding is sorted by. What is not known comes last. */
const sortValues = (nameOf: NameOf): Readonly<Record<string, (holding: Holding) => string | number | null>> => ({
  name: ({ symbol }) => symbol ?? '',
  account: ({ accountId }) => nameOf(accountId),
  value: ({ currentValue }) => (currentValue === null ? null : Number(currentValue)),
  gain: ({ unrealisedGain }) => (unrealisedGain === null ? null : Number(unrealisedGain)),
})

const sorted = (items: readonly Holding[], sort: string, nameOf: NameOf): readonly Holding[] => {
  const [field, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  const valueOf = sortValues(nameOf)[field]!
  return items.toSorted((one, other) => {
    const [left, right] = [valueOf(one), valueOf(other)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (typeof left === 'number' ? left - Number(right) : left.localeCompare(String(right)))
  })
}

/** Each security and the money of each account. */
export const HoldingSection = ({
  canEdit,
  holdings: { currency, items },
  nameOf,
  portfolio,
}: ShownPortfolio & { readonly holdings: Holdings; readonly nameOf: NameOf }) => {
  const [sort, setSort] = useState('-value')
  const [assigned, setAssigned] = useState<Holding>()
  return (
    <Section title={m.title}>
      <Table
        caption={m.caption}
        rows={sorted(items, sort, nameOf)}
        rowKey={({ accountId, isShort, kind, symbol }) => `${accountId} ${kind} ${symbol} ${isShort}`}
        sort={sort}
        onSort={setSort}
        columns={[
          { key: 'name', header: m.name, sort: 'name', cell: holding => <Name holding={holding} /> },
          { key: 'account', header: m.account, sort: 'account', cell: ({ accountId }) => <bdi>{nameOf(accountId)}</bdi> },
          {
            key: 'value',
            header: m.value,
            align: 'end',
            sort: 'value',
            cell: ({ currentValue }) => <Amount value={currentValue} currency={currency} />,
          },
          {
            key: 'weight',
            header: m.weight,
            align: 'end',
            cell: ({ weight }) => (weight === null ? m.none : <Percent value={weight} />),
          },
          { key: 'gain', header: m.gain, align: 'end', sort: 'gain', cell: holding => <Gain holding={holding} currency={currency} /> },
          {
            key: 'quantity',
            header: m.quantity,
            align: 'end',
            cell: ({ quantity }) => (quantity === null ? m.none : <Quantity value={quantity} />),
          },
          {
            key: 'cost',
            header: m.cost,
            align: 'end',
            cell: ({ averageCost, kind }) => (kind === 'security' ? <Amount value={averageCost} currency={currency} /> : m.none),
          },
          { key: 'price', header: m.price, align: 'end', cell: holding => <Price holding={holding} /> },
          {
            key: 'classes',
            header: m.classes,
            cell: holding => <Classes holding={holding} onAssign={canEdit ? () => setAssigned(holding) : undefined} />,
          },
        ]}
      />
      {assigned?.symbol && (
        <ClassDialog
          householdId={portfolio.householdId}
          symbol={assigned.symbol}
          classes={assigned.classes}
          onClose={() => setAssigned(undefined)}
        />
      )}
    </Section>
  )
}
