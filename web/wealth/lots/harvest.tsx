import { Link } from 'wouter'
import type { ApiAnswer } from '../../../lambdas/api-types.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { formatDate } from '../../components/format.ts'
import { Card, Loading, Notice, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import { type NameOf, positionPath, sellPath } from './lot-data.ts'
import { Dollars, dollarWords, isZero, shareWords } from './lot-figures.tsx'
import styles from './lots.module.css'
import { MarketValue } from './position-table.tsx'
import { TaxBasis } from './tax-basis.tsx'
import { gains, harvest as m } from '#messages/unrealised'
import { wash } from '#messages/lots'

type Harvest = ApiAnswer<'GET /v1/wealth/harvest-candidates'>
type Candidate = Harvest['candidates'][number]

const CandidateCard = ({ candidate, nameOf }: { readonly candidate: Candidate; readonly nameOf: NameOf }) => {
  const look = useLook()
  const {
    accountId,
    disallowedLoss,
    doNotBuyUntil,
    longTermLoss,
    lots,
    loss,
    quantity,
    shortTermLoss,
    symbol,
    symbols,
    taxSaved,
    waitUntil,
  } = candidate
  const name = m.of(symbol, nameOf(accountId))
  const names = new Intl.ListFormat(look.locale, { type: 'disjunction' }).format(symbols)
  return (
    <Card>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p className={styles['quiet']}>{m.sold(shareWords(quantity, look))}</p>
      <Facts
        facts={[
          [m.loss, <Dollars key="loss" value={loss} />],
          [m.shortTerm, !isZero(shortTermLoss) && <Dollars value={shortTermLoss} />],
          [m.longTerm, !isZero(longTermLoss) && <Dollars value={longTermLoss} />],
          [m.disallowed, !isZero(disallowedLoss) && <Dollars value={disallowedLoss} />],
          [m.saved, <Dollars key="saved" value={taxSaved} />],
          [gains.value, <MarketValue key="value" {...candidate} />],
        ]}
      />
      {waitUntil !== null && <Notice kind="warn">{m.wash(dollarWords(disallowedLoss, look), formatDate(waitUntil, look))}</Notice>}
      <p>{m.doNotBuy(names, formatDate(doNotBuyUntil, look))}</p>
      <div className={styles['actions']}>
        <ButtonLink href={positionPath(accountId, symbol)} aria-label={m.ofSecurity(m.lots, name)}>
          {m.lots}
        </ButtonLink>
        <ButtonLink href={sellPath(accountId, symbol, lots)} aria-label={m.ofSecurity(m.compare, name)}>
          {m.compare}
        </ButtonLink>
      </div>
    </Card>
  )
}

const Gaps = ({ gaps, nameOf }: { readonly gaps: Harvest['gaps']; readonly nameOf: NameOf }) => {
  const look = useLook()
  if (gaps.length === 0) return null
  return (
    <Notice kind="warn">
      {m.gaps}
      <ul className={styles['list']}>
        {gaps.map(({ accountId, from, to }) => (
          <li key={`${accountId} ${from}`}>
            <Link href={`/accounts/${accountId}`}>
              <bdi>{nameOf(accountId)}</bdi>
            </Link>
            {wash.gap(formatDate(from, look), formatDate(to, look))}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Losses that could be realised now, with what each would save and the wash sales that stand in the way. */
export const HarvestSection = ({ householdId, nameOf }: { readonly householdId: string; readonly nameOf: NameOf }) => {
  const { data, error, refetch } = useApi('GET /v1/wealth/harvest-candidates', { query: { householdId } })
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const { candidates, gaps, tax, totals } = data
  return (
    <Section title={m.title} lead={m.lead}>
      {candidates.length === 0 ? (
        <p>{m.empty}</p>
      ) : (
        <>
          <TaxBasis tax={tax} />
          <Gaps gaps={gaps} nameOf={nameOf} />
          <h3>{m.together}</h3>
          <Facts
            facts={[
              [m.shortTerm, <Dollars key="short" value={totals.shortTermLoss} />],
              [m.longTerm, <Dollars key="long" value={totals.longTermLoss} />],
              [m.saved, <Dollars key="saved" value={totals.taxSaved} />],
              [m.carried, <Dollars key="carried" value={totals.carriedLoss} />],
            ]}
          />
          <div className={styles['cards']}>
            {candidates.map(candidate => (
              <CandidateCard key={`${candidate.accountId} ${candidate.symbol}`} candidate={candidate} nameOf={nameOf} />
            ))}
          </div>
        </>
      )}
    </Section>
  )
}
