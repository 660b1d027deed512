import type { Finding } from './finding.ts'
import { actions as m } from '#messages/data-health'

/** Where a finding is fixed, and what is done there. */
export interface Fix {
  readonly href: string
  readonly action: string
}

const marketPath = (symbol: string, rest = ''): string => `/market/${encodeURIComponent(symbol)}${rest}`
const positionPath = (accountId: string, symbol: string): string => `/investments/${accountId}/${encodeURIComponent(symbol)}`
const registerPath = (accountId: string, query: Readonly<Record<string, string>> = {}): string => {
  const text = String(new URLSearchParams(query))
  return `/accounts/${accountId}/register${text === '' ? '' : `?${text}`}`
}
const importPath = (accountId: string): string => `/accounts/import?account=${accountId}`

/**
 * The page on which a finding is fixed, at the right place.
 * @param isAdministrator administrators add prices and rates; others see them
 */
export const fixOf = (finding: Finding, isAdministrator: boolean): Fix => {
  const { id } = finding.subject
  switch (finding.check) {
    case 'no_price':
      if (!isAdministrator) return { href: positionPath(finding.facts.accountId, id), action: m.showPosition }
      return finding.facts.isListed ? { href: '/market/load', action: m.addPrices } : { href: '/market/new', action: m.addInstrument }
    case 'stale_price':
    case 'price_gap':
      return isAdministrator ? { href: '/market/load', action: m.addPrices } : { href: marketPath(id), action: m.showPrices }
    case 'wrong_unit':
    case 'wrong_price':
      return { href: marketPath(id), action: m.showPrices }
    case 'missing_split':
    case 'split_without_jump':
      return isAdministrator ? { href: marketPath(id, '/change'), action: m.changeSplits } : { href: marketPath(id), action: m.showPrices }
    case 'missing_rate':
    case 'stale_rate':
      return isAdministrator
        ? { href: '/market/fx/load', action: m.addRates }
        : { href: `/market/fx?base=${id}&quote=${finding.facts.quote}`, action: m.showRates }
    case 'lots_under_way':
      return { href: '/investments', action: m.showInvestments }
    case 'negative_position':
      return { href: registerPath(finding.facts.accountId, { to: finding.facts.date }), action: m.enterMissing }
    case 'split_not_entered':
      return { href: registerPath(finding.facts.accountId), action: m.enterSplit }
    case 'unknown_cost_basis':
      return { href: registerPath(finding.facts.accountId, { from: finding.facts.date, to: finding.facts.date }), action: m.stateBasis }
    case 'incomplete_lots':
      return {
        href: registerPath(finding.facts.accountId, { from: finding.facts.date, to: finding.facts.date }),
        action: m.showTransactions,
      }
    case 'unnamed_security':
      return { href: registerPath(finding.facts.accountId), action: m.enterSymbol }
    case 'unclassified_security':
      return { href: '/portfolios', action: m.classify }
    case 'balance_differs':
      return { href: registerPath(id, { to: finding.facts.date }), action: m.compare }
    case 'balance_below_zero':
    case 'debt_above_zero':
      return { href: registerPath(id), action: m.showTransactions }
    case 'closed_with_balance':
      return { href: `/accounts/${id}`, action: m.openAccount }
    case 'stale_balance':
    case 'statement_gap':
      return { href: `/accounts/${id}`, action: m.stateValue }
    case 'nothing_entered':
    case 'coverage_gap':
      return { href: importPath(id), action: m.importFile }
    case 'nothing_recorded':
      return finding.facts.isStated ? { href: `/accounts/${id}`, action: m.stateValue } : { href: importPath(id), action: m.importFile }
    case 'no_opening_balance':
    case 'no_tax_type':
      return { href: `/accounts/${id}/edit`, action: m.changeAccount }
    case 'connection_broken':
    case 'connection_expiring':
      return { href: '/wealth/connections', action: m.reconnect }
    case 'connection_failing':
    case 'not_synced':
      return { href: '/wealth/connections', action: m.showConnection }
    case 'failed_import':
    case 'rejected_rows':
      return { href: `/accounts/import?import=${id}`, action: m.showImport }
    case 'unfinished_import':
      return { href: finding.facts.isUnderWay ? `/accounts/import?import=${id}` : '/accounts/import', action: m.showImport }
    case 'possible_duplicates':
      return { href: registerPath(id, { from: finding.facts.from, to: finding.facts.until }), action: m.showTransactions }
    case 'unmatched_transfer':
      return {
        href: registerPath(id, { category: 'transfer', from: finding.facts.from, to: finding.facts.until }),
        action: m.showTransactions,
      }
    case 'transfer_to_confirm':
      return { href: '/transactions/review', action: m.matchTransfers }
    case 'future_transaction':
      return { href: registerPath(id, { from: finding.facts.from }), action: m.showTransactions }
    case 'old_pending':
      return { href: registerPath(id, { show: 'pending' }), action: m.showPending }
    case 'uncategorised':
      return { href: '/transactions?show=uncategorised', action: m.categorise }
  }
}
