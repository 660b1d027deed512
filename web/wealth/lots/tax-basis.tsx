import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { Notice } from '../../components/page.tsx'
import { useLook } from '../../shell/preferences.ts'
import { dollarWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { tax as m } from '#messages/unrealised'
import { facts } from '#messages/taxes'

/** What the tax is estimated with, or which facts of the year have to be stated first. */
export const TaxBasis = ({ tax }: { readonly tax: ApiAnswer<'GET /v1/wealth/harvest-candidates'>['tax'] }) => {
  const look = useLook()
  const { filingStatus, missing, realisedLongTerm, realisedShortTerm, state, tableYear, year } = tax
  const href = `/taxes/years/${year}`
  if (missing.length > 0 || filingStatus === null)
    return (
      <Notice>
        {m.missing(String(year), new Intl.ListFormat(look.locale).format(missing.map(fact => m.facts[fact])))}{' '}
        <Link href={href}>{m.toFacts(String(year))}</Link>
      </Notice>
    )
  return (
    <p className={styles['quiet']}>
      {m.estimate(String(year), facts.filingStatuses[filingStatus], state ?? m.noState, String(tableYear))}{' '}
      {m.realised(dollarWords(realisedShortTerm, look), dollarWords(realisedLongTerm, look))} <Link href={href}>{m.change}</Link>
    </p>
  )
}
