import type { ReactNode } from 'react'
import { useParams } from 'wouter'
import { ApiProblem } from '../../client/problem.ts'
import { ButtonLink } from '../../components/button.tsx'
import { Badge, EmptyState, Loading, Notice, Page } from '../../components/page.tsx'
import { Failure } from '../../components/problem.tsx'
import { useApi } from '../../shell/api.ts'
import { type Household, useHouseholds } from '../../shell/household.ts'
import { useLookIsKnown } from '../../shell/preferences.ts'
import { type Portfolio, portfolioPath } from './portfolio-data.ts'
import { shared as m, titles } from '#messages/portfolios'
import { page as rebalancing } from '#messages/rebalancing'

export interface ShownPortfolio {
  readonly portfolio: Portfolio
  readonly household: Household
  /** Whether the person may change the portfolio: it can belong to another household than the one that is chosen. */
  readonly canEdit: boolean
}

type Part = 'overview' | 'edit' | 'history' | 'rebalance'

const Links = ({ part, portfolio: { id, targetKind } }: { readonly part: Part; readonly portfolio: Portfolio }) => {
  const path = portfolioPath(id)
  return (
    <>
      <ButtonLink href="/portfolios">{m.toList}</ButtonLink>
      {part !== 'overview' && <ButtonLink href={path}>{m.toPortfolio}</ButtonLink>}
      {part !== 'rebalance' && targetKind !== 'none' && <ButtonLink href={`${path}/rebalance`}>{rebalancing.link}</ButtonLink>}
      {part !== 'history' && <ButtonLink href={`${path}/history`}>{m.history}</ButtonLink>}
      {part !== 'edit' && <ButtonLink href={`${path}/edit`}>{m.change}</ButtonLink>}
    </>
  )
}

/** A page about the portfolio of the address: its name, the links to its other pages, and what `children` shows of it. */
export const PortfolioPageFrame = ({
  children,
  part,
}: {
  readonly part: Part
  readonly children: (shown: ShownPortfolio) => ReactNode
}) => {
  const { portfolioId = '' } = useParams()
  const { data: portfolio, error, refetch } = useApi('GET /v1/wealth/portfolios/{portfolioId}', { params: { portfolioId } })
  const { households } = useHouseholds()
  const lookIsKnown = useLookIsKnown()
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <Page title={titles.portfolio}>
        <EmptyState title={m.gone} action={<ButtonLink href="/portfolios">{m.toList}</ButtonLink>}>
          {m.goneLead}
        </EmptyState>
      </Page>
    )
  const household = households.find(({ id }) => id === portfolio?.householdId)
  if (!portfolio || !household || !lookIsKnown)
    return <Page title={titles.portfolio}>{error ? <Failure error={error} retry={refetch} /> : <Loading />}</Page>
  const canEdit = household.role !== 'viewer'
  return (
    <Page
      title={portfolio.name}
      lead={
        <>
          {portfolio.isDefault && <Badge kind="info">{m.isDefault}</Badge>} {portfolio.description}
        </>
      }
      actions={<Links part={part} portfolio={portfolio} />}
    >
      {!canEdit && <Notice>{m.viewer}</Notice>}
      {children({ portfolio, household, canEdit })}
    </Page>
  )
}
