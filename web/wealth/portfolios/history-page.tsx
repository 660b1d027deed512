import { List } from '../../components/list.tsx'
import { CompareVersions, VersionList } from '../../components/versions.tsx'
import { useApiPages } from '../../shell/api-pages.ts'
import { useMemberNames } from '../../shell/members.ts'
import { showToast } from '../../shell/toasts.ts'
import { useAccountNames } from '../lots/lot-data.ts'
import { refreshPortfolios } from './portfolio-data.ts'
import { PortfolioPageFrame, type ShownPortfolio } from './portfolio-page-frame.tsx'
import { restorePortfolio } from './restore-portfolio.ts'
import { SettingsDifferences } from './settings-differences.tsx'
import { portfolioHistory as m } from '#messages/portfolios'
import { problem } from '#messages/shell'

const pageSize = 30

const History = ({ canEdit, portfolio }: ShownPortfolio) => {
  const list = useApiPages('GET /v1/wealth/portfolios/{portfolioId}/versions', {
    params: { portfolioId: portfolio.id },
    query: { limit: pageSize, sort: '-version' },
  })
  const memberName = useMemberNames(portfolio.householdId)
  const accounts = useAccountNames(portfolio.householdId)
  const { nameOf } = accounts
  // The mark of the default portfolio can pass to another one without a version.
  const current = list.items?.[0]?.version ?? portfolio.version
  const restore = async (version: number) => {
    try {
      await restorePortfolio(portfolio, version, current)
    } catch (error) {
      await refreshPortfolios()
      showToast({ kind: 'bad', text: problem.title, error })
    }
  }
  const read = { ...list, items: nameOf && list.items, error: list.error ?? accounts.error }
  return (
    <List list={read} empty={null}>
      {items => {
        const listed = { versions: items, current, changes: m.changes }
        return (
          <>
            {items.length > 1 && (
              <CompareVersions {...listed}>
                {(from, to) => <SettingsDifferences portfolioId={portfolio.id} nameOf={nameOf!} from={from} to={to} />}
              </CompareVersions>
            )}
            <VersionList {...listed} caption={m.caption} nameOf={memberName} restore={canEdit ? restore : undefined} />
          </>
        )
      }}
    </List>
  )
}

/** The versions of the settings of a portfolio: compare and restore. */
const HistoryPage = () => <PortfolioPageFrame part="history">{shown => <History key={shown.portfolio.id} {...shown} />}</PortfolioPageFrame>

export default HistoryPage
