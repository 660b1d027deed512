import { toCsv } from '../../components/download.ts'
import type { NameOf } from '../lots/lot-data.ts'
import type { Trade } from './rebalancing-data.ts'
import { csv as m, trades as words } from '#messages/rebalancing'

/** Trades as a file for the broker: an order a row, with the lots to name. */
export const tradesCsv = (trades: readonly Trade[], nameOf: NameOf): string => {
  const lotWords = ({ acquiredOn, costBasis, openedBy, quantity }: Trade['lots'][number]): string =>
    openedBy === null ? m.noLot(quantity) : m.lot(quantity, acquiredOn ?? m.unknown, costBasis ?? m.unknown)
  return toCsv(
    m.header,
    trades.map(({ accountId, lots, quantity, side, symbol }) => [
      nameOf(accountId),
      symbol,
      words.sides[side],
      quantity,
      m.orderType,
      lots.map(lotWords).join('; '),
    ]),
  )
}
