import { useState } from 'react'
import { Link } from 'wouter'
import { formatPercent } from '../../components/format.ts'
import { Notice } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { dollarWords, isZero, withoutSign } from '../lots/lot-figures.tsx'
import { fromCents, toCents } from '../register/cents.ts'
import type { Proposal, Rebalancing } from './rebalancing-data.ts'
import styles from './rebalancing.module.css'
import { tax as m } from '#messages/rebalancing'

/** With what the tax is counted, or that it is not, with the way to the facts of the year. */
export const TaxSource = ({ answer: { date, taxRates, taxSource } }: { readonly answer: Rebalancing }) => {
  const look = useLook()
  const year = date.slice(0, 4)
  const href = `/taxes/years/${year}`
  return taxSource === 'unknown' ? (
    <Notice kind="warn">
      {m.unknown(year)} <Link href={href}>{m.toFacts(year)}</Link>
    </Notice>
  ) : (
    <p className={styles['quiet']}>
      {m.rates(formatPercent(taxRates.short, look), formatPercent(taxRates.long, look), year)} <Link href={href}>{m.change}</Link>
    </p>
  )
}

interface Shown {
  /** The settings and the limit of gains that the proposal is for. */
  readonly request: string
  readonly tax: string
  readonly former?: string | undefined
}

/** The tax of the proposal that was shown before; undefined for the first one. While an answer is awaited, nothing counts as shown. */
const useFormerTax = (request: string, tax: string, isWaiting: boolean): string | undefined => {
  const [shown, setShown] = useState<Shown>({ request, tax })
  if (!isWaiting && (shown.request !== request || shown.tax !== tax))
    setShown({ request, tax, former: shown.request === request ? shown.former : shown.tax })
  return shown.former
}

/** The tax of the chosen proposal, and how much more or less it is than that of the one before. */
export const TaxLine = ({
  isWaiting,
  proposal: { realised, tax },
  request,
}: {
  readonly proposal: Proposal
  readonly request: string
  readonly isWaiting: boolean
}) => {
  const look = useLook()
  const former = useFormerTax(request, tax, isWaiting)
  const difference = former === undefined ? undefined : fromCents((toCents(tax) ?? 0n) - (toCents(former) ?? 0n))
  const change =
    difference === undefined
      ? ''
      : isZero(difference)
        ? m.same
        : (difference.startsWith('-') ? m.less : m.more)(dollarWords(withoutSign(difference), look))
  return (
    <>
      <p role="status" className={styles['tax']}>
        <strong>{m.of(dollarWords(tax, look))}</strong> {change}
      </p>
      {!isZero(realised.unknownBasisProceeds) && <Notice kind="warn">{m.noBasis(dollarWords(realised.unknownBasisProceeds, look))}</Notice>}
    </>
  )
}
