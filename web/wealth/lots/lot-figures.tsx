import { Money } from '../../components/figures.tsx'
import { formatMoney, formatNumber } from '../../components/format.ts'
import { type Look, useLook } from '../../shell/preferences.ts'
import styles from './lots.module.css'
import { investments, shared as m } from '#messages/lots'

/** Decimal places of a quantity. */
const places = 10

export const dollarWords = (amount: string, look: Look, signed = false): string =>
  formatMoney(amount, look, { currency: 'USD', precision: 'exact', signed })

/** A quantity with its noun: `4 shares`. */
export const shareWords = (quantity: string, look: Look): string => m.shares(formatNumber(quantity, look, places), Number(quantity) === 1)

export const isZero = (amount: string): boolean => Number(amount) === 0
/** An amount without its sign. */
export const withoutSign = (amount: string): string => amount.replace('-', '')

/** A quantity of shares. */
export const Quantity = ({ value }: { readonly value: string }) => <>{formatNumber(value, useLook(), places)}</>

/** An amount in US dollars, or that it is not known. */
export const Dollars = ({
  none = m.unknown,
  signed = false,
  value,
}: {
  readonly value: string | null
  readonly signed?: boolean
  /** What is said if there is no amount. */
  readonly none?: string
}) =>
  value === null ? (
    <span className={styles['quiet']}>{none}</span>
  ) : (
    <Money value={value} currency="USD" precision="exact" signed={signed} />
  )

/** A cost basis with the part that wash sales have added. */
export const Basis = ({ costBasis, washAdjustment }: { readonly costBasis: string | null; readonly washAdjustment: string }) => {
  const look = useLook()
  return (
    <>
      <Dollars value={costBasis} />
      {!isZero(washAdjustment) && <div className={styles['note']}>{investments.ofWashSales(dollarWords(washAdjustment, look))}</div>}
    </>
  )
}
