import type { HoldingTrack } from './holding-track.ts'
import type { PriceLine } from './price-lines.ts'
import type { HoldingHistory } from './types.ts'

/** Places of the first and the last day of a gap. */
export interface Gap {
  readonly from: number
  to: number
}

export interface ValuedHolding {
  readonly holding: HoldingHistory
  readonly unpriced: readonly Gap[]
  readonly unconverted: readonly Gap[]
}

/** Changes money of the currency of an account into that of the report, and adds shares that moved at their worth. */
const convertMoney = (track: HoldingTrack, days: number, rates: Float64Array, lineOf: (symbol: string) => PriceLine) => {
  const convert = (amounts: Float64Array | undefined): Float64Array => {
    const converted = amounts ?? new Float64Array(days)
    for (let day = 0; day < days; day += 1) if (converted[day] !== 0) converted[day]! *= rates[day + 1]!
    return converted
  }
  const [flow, income, fees] = [convert(track.flow), convert(track.income), convert(track.fees)]
  for (const { index, isIncome, symbol, units } of track.moves)
    (isIncome ? income : flow)[index - 1]! += units * lineOf(symbol).inReport[index]!
  return { flow, income, fees }
}

const addDay = (gaps: Gap[], index: number): void => {
  const last = gaps.at(-1)
  if (last?.to === index - 1) last.to = index
  else gaps.push({ from: index, to: index })
}

/**
 * The value of a holding on each day, and what changed it.
 * @param units what was held at the end of each day, the day before the first one included
 * @param rates of the currency of the account
 */
export const valueHolding = (
  track: HoldingTrack,
  units: Float64Array,
  line: PriceLine,
  rates: Float64Array,
  lineOf: (symbol: string) => PriceLine,
): ValuedHolding => {
  const days = units.length - 1
  const { fees, flow, income } = convertMoney(track, days, rates, lineOf)
  const value = new Float64Array(days)
  const priceGain = new Float64Array(days)
  const currencyGain = new Float64Array(days)
  const isKnown = new Uint8Array(days)
  const unpriced: Gap[] = []
  const unconverted: Gap[] = []
  const opening = units[0] === 0 ? 0 : units[0]! * line.inReport[0]!
  let isBeforeKnown = !Number.isNaN(opening)
  let before = isBeforeKnown ? opening : 0
  for (let day = 0; day < days; day += 1) {
    const held = units[day + 1]!
    const atClose = held === 0 ? 0 : held * line.inReport[day + 1]!
    const isNowKnown = !Number.isNaN(atClose)
    const worth = isNowKnown ? atClose : 0
    const isMoneyKnown = !Number.isNaN(flow[day]! + income[day]! + fees[day]!)
    if (isNowKnown && isBeforeKnown && isMoneyKnown) {
      const change = units[day] === 0 ? 0 : units[day]! * line.currencyGain[day + 1]!
      // Only a price that came in another currency than the last one leaves this unknown.
      const byCurrency = Number.isNaN(change) ? 0 : change
      currencyGain[day] = byCurrency
      priceGain[day] = worth - before - flow[day]! - byCurrency - income[day]! + fees[day]!
    } else {
      // What appears or disappears is a flow, and no gain.
      if (Number.isNaN(income[day]! + fees[day]!)) income[day] = fees[day] = 0
      flow[day] = worth - before - income[day]! + fees[day]!
      if (!isNowKnown || !isMoneyKnown) {
        const isPriced = (held === 0 || !Number.isNaN(line.price[day + 1]!)) && !isMoveUnpriced(track, day + 1, lineOf)
        addDay(isPriced ? unconverted : unpriced, day)
      }
    }
    isKnown[day] = Number(isNowKnown)
    value[day] = worth
    before = worth
    isBeforeKnown = isNowKnown
  }
  const { accountId, symbol, toAccountId } = track
  const openingValue = Number.isNaN(opening) ? null : opening
  const last = units[days]!
  const holding = { accountId, symbol, toAccountId, units: last, openingValue, isKnown, value, flow, income, fees, priceGain, currencyGain }
  return { holding, unpriced, unconverted }
}

/** Whether shares that moved on a day have no price. */
const isMoveUnpriced = (track: HoldingTrack, index: number, lineOf: (symbol: string) => PriceLine): boolean =>
  track.moves.some(move => move.index === index && Number.isNaN(lineOf(move.symbol).price[index]!))
