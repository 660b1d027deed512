import { api } from '../../shell/api.ts'
import { changed } from '../../shell/undo.ts'
import { type Portfolio, readPortfolio, refreshPortfolios } from './portfolio-data.ts'
import { versions as m } from '#messages/versions'

const restore = async ({ id, version: ifMatch }: Pick<Portfolio, 'id' | 'version'>, version: number): Promise<void> => {
  await api('POST /v1/wealth/portfolios/{portfolioId}/restorations', { params: { portfolioId: id }, ifMatch, body: { version } })
  await refreshPortfolios()
}

/**
 * Makes a portfolio what it was at a version, and offers to undo it.
 * @param current the newest version with settings
 */
export const restorePortfolio = async (portfolio: Portfolio, version: number, current: number): Promise<void> => {
  await restore(portfolio, version)
  changed(m.restored(version), async () => restore(await readPortfolio(portfolio.id), current))
}
