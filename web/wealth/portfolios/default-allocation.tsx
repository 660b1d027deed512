import { ButtonLink } from '../../components/button.tsx'
import { formatDate } from '../../components/format.ts'
import { Card, Loading, Section } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { useLook } from '../../shell/preferences.ts'
import type { Account } from '../account-kinds.ts'
import { AllocationMap, byClass, largestFirst } from './allocation-map.tsx'
import { outsideOf } from './balance.tsx'
import { investedIn, NoPortfolios } from './make-all.tsx'
import { type Holdings, type Portfolio, portfolioPath, usePortfolios } from './portfolio-data.ts'
import styles from './portfolios.module.css'
import { TargetBars } from './target-bars.tsx'
import { homeAllocation as m } from '#messages/net-worth'
import { allocation, figures } from '#messages/portfolios'

/** The portfolio of a household that is shown first, and what it holds today. Nothing is read before the household is known. */
export const useDefaultPortfolio = (householdId: string | undefined) => {
  const portfolios = usePortfolios(householdId)
  const portfolio = portfolios.data?.items.find(({ isDefault }) => isDefault) ?? portfolios.data?.items[0]
  const holdings = useApi(
    'GET /v1/wealth/portfolios/{portfolioId}/holdings',
    { params: { portfolioId: portfolio?.id ?? '' }, query: {} },
    { enabled: portfolio !== undefined, staleTime: 0 },
  )
  return {
    /** Undefined while it is read, and if there is none. */
    portfolio,
    hasNone: portfolios.data?.items.length === 0,
    holdings: holdings.data,
    error: portfolios.error ?? holdings.error,
    retry: () => (portfolios.error ? portfolios.refetch() : holdings.refetch()),
  }
}

export type DefaultPortfolio = ReturnType<typeof useDefaultPortfolio>

const Shown = ({
  canEdit,
  holdings,
  portfolio,
}: {
  readonly holdings: Holdings
  readonly portfolio: Portfolio
  readonly canEdit: boolean
}) => {
  const parts = largestFirst(byClass(holdings, portfolio))
  const { unvaluedCount } = holdings
  return (
    <>
      {parts.length === 0 && <Card>{m.empty}</Card>}
      {parts.length > 0 && (
        <div className={styles['beside']}>
          <AllocationMap parts={parts} currency={holdings.currency} />
          {portfolio.targetKind === 'none' ? (
            <div>
              <p>{allocation.noTarget}</p>
              {canEdit && <ButtonLink href={`${portfolioPath(portfolio.id)}/edit`}>{allocation.setTarget}</ButtonLink>}
            </div>
          ) : (
            <TargetBars holdings={holdings} portfolio={portfolio} />
          )}
        </div>
      )}
      {unvaluedCount > 0 && <p className={styles['note']}>{figures.unvalued(unvaluedCount)}</p>}
    </>
  )
}

/** How the portfolio that is shown first is divided, against its target. Nothing without a portfolio and without something to put in one. */
export const DefaultAllocation = ({
  accounts,
  canEdit,
  householdId,
  shown: { error, hasNone, holdings, portfolio, retry },
}: {
  readonly shown: DefaultPortfolio
  readonly accounts: readonly Account[]
  readonly householdId: string
  readonly canEdit: boolean
}) => {
  const look = useLook()
  if (!portfolio && investedIn(accounts).length === 0) return error ? <Failure error={error} retry={retry} /> : null
  const path = portfolio && portfolioPath(portfolio.id)
  const outside = holdings ? outsideOf(holdings.allocation).length : 0
  return (
    <Section
      title={m.title}
      lead={
        portfolio && holdings
          ? [m.lead(portfolio.name, formatDate(holdings.date, look)), outside > 0 && m.outside(outside)].filter(Boolean).join(' ')
          : !error && !hasNone && m.loading
      }
      actions={
        path && (
          <>
            {outside > 0 && (
              <ButtonLink kind="primary" href={`${path}/rebalance`}>
                {m.rebalance}
              </ButtonLink>
            )}
            <ButtonLink href={path}>{m.toPortfolio}</ButtonLink>
          </>
        )
      }
    >
      {error && <Failure error={error} retry={retry} />}
      {!error && hasNone && <NoPortfolios householdId={householdId} canEdit={canEdit} />}
      {!error && !hasNone && !holdings && (
        <div className={styles['place']}>
          <Loading />
        </div>
      )}
      {!error && portfolio && holdings && <Shown holdings={holdings} portfolio={portfolio} canEdit={canEdit} />}
    </Section>
  )
}
