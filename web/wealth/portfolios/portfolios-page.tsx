import { Link } from 'wouter'
import { ButtonLink } from '../../components/button.tsx'
import { Money, Percent } from '../../components/figures.tsx'
import { List } from '../../components/list.tsx'
import { Badge, Card, Grid, Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useHouseholds } from '../../shell/household.ts'
import { HouseholdGate } from '../household-gate.tsx'
import { useAccountNames } from '../lots/lot-data.ts'
import { BalanceMark, outsideOf, useTargetWords } from './balance.tsx'
import { partName } from './class-names.ts'
import { NoPortfolios } from './make-all.tsx'
import { isByInstrument, type Portfolio, portfolioPath, useHoldings, usePortfolios } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { portfolios as m, shared, titles } from '#messages/portfolios'

const Add = () => (
  <ButtonLink kind="primary" href="/portfolios/new" icon="plus">
    {m.add}
  </ButtonLink>
)

/** The total of a portfolio, and what is out of balance. */
const Worth = ({ portfolio }: { readonly portfolio: Portfolio }) => {
  const { data, error, refetch } = useHoldings(portfolio.id)
  const targetWords = useTargetWords()
  if (error) return <Failure error={error} retry={refetch} />
  if (!data) return <Loading />
  const outside = outsideOf(data.allocation)
  const hasTarget = data.allocation.some(({ isInside }) => isInside !== null)
  return (
    <>
      <p>
        <span className={styles['note']}>{m.total}</span>{' '}
        <span className={styles['total']}>
          <Money value={data.totalValue} currency={data.currency} />
        </span>{' '}
        {data.unvaluedCount > 0 && <span className={styles['note']}>{m.incomplete(data.unvaluedCount)}</span>}
      </p>
      {!hasTarget && <p className={styles['note']}>{m.noTarget}</p>}
      {hasTarget && outside.length === 0 && <p className={styles['note']}>{m.balanced}</p>}
      {outside.length > 0 && (
        <ul className={styles['list']} aria-label={m.outside}>
          {outside.map(part => (
            <li key={part.key}>
              <bdi>{partName(part.key, isByInstrument(portfolio))}</bdi> {part.weight !== null && <Percent value={part.weight} />}{' '}
              <BalanceMark part={part} />
              <div className={styles['note']}>{targetWords(part)}</div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

const PortfolioCard = ({ nameOf, portfolio }: { readonly portfolio: Portfolio; readonly nameOf: (id: string) => string }) => (
  <Card>
    <h2>
      <Link href={portfolioPath(portfolio.id)}>
        <bdi>{portfolio.name}</bdi>
      </Link>{' '}
      {portfolio.isDefault && <Badge kind="info">{shared.isDefault}</Badge>}
    </h2>
    <p className={styles['note']}>{portfolio.accountIds.map(nameOf).join(', ') || m.accounts(0)}</p>
    <Worth portfolio={portfolio} />
  </Card>
)

const Portfolios = ({ canEdit, householdId }: { readonly householdId: string; readonly canEdit: boolean }) => {
  const { data, error, refetch } = usePortfolios(householdId)
  const accounts = useAccountNames(householdId)
  const { nameOf } = accounts
  const items = nameOf && data?.items.toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
  return (
    <>
      {!canEdit && <Notice>{shared.viewer}</Notice>}
      <List
        list={{ items, error: error ?? accounts.error, retry: () => Promise.all([refetch(), accounts.retry()]) }}
        empty={<NoPortfolios householdId={householdId} canEdit={canEdit} />}
      >
        {each => (
          <Grid>
            {each.map(portfolio => (
              <PortfolioCard key={portfolio.id} portfolio={portfolio} nameOf={nameOf!} />
            ))}
          </Grid>
        )}
      </List>
    </>
  )
}

/** The portfolios of the household, the default one first. */
const PortfoliosPage = () => {
  const { canEdit, household } = useHouseholds()
  return (
    <Page title={titles.portfolios} lead={household && m.lead(household.name)} actions={canEdit ? <Add /> : undefined}>
      <HouseholdGate>{(each, editable) => <Portfolios key={each.id} householdId={each.id} canEdit={editable} />}</HouseholdGate>
    </Page>
  )
}

export default PortfoliosPage
