import {
  BALANCE,
  DEPLETED_IN,
  GROWTH,
  LANES,
  NOMINAL_RETURN_SUM,
  PAID,
  PRICE_INDEX,
  REAL_RETURN_SUM,
  ROW,
  TOTAL_GROWTH,
  YEAR_GROWTH,
  YEAR_INFLATION,
} from './memory'

/** The stages of wealth.ts in the plain form, two lanes at a time. */
export function openWealth(openingBalance: f64): void {
  fill(BALANCE, f64x2.splat(openingBalance))
  fill(PRICE_INDEX, f64x2.splat(1))
  fill(PAID, i64x2.splat(-1))
  memory.fill(DEPLETED_IN, 0xff, LANES << 2)
  fill(TOTAL_GROWTH, f64x2.splat(1))
  fill(NOMINAL_RETURN_SUM, f64x2.splat(0))
  fill(REAL_RETURN_SUM, f64x2.splat(0))
}

function fill(row: usize, value: v128): void {
  for (let at = row; at < row + ROW; at += 16) v128.store(at, value)
}

export function applyFlow(year: i32, realFlow: f64, nominalFlow: f64): void {
  const real = f64x2.splat(realFlow)
  const nominal = f64x2.splat(nominalFlow)
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const flow = f64x2.add(f64x2.mul(real, v128.load(lane, PRICE_INDEX)), nominal)
    const after = f64x2.add(v128.load(lane, BALANCE), flow)
    const paidBefore = v128.load(lane, PAID)
    const paid = v128.and(paidBefore, f64x2.ge(after, f64x2.splat(0)))
    v128.store(lane, v128.and(after, paid), BALANCE)
    v128.store(lane, paid, PAID)
    if (v128.any_true(v128.xor(paidBefore, paid))) deplete(lane, year, v128.xor(paidBefore, paid))
  }
}

function deplete(lane: usize, year: i32, newly: v128): void {
  const at = DEPLETED_IN + (lane >> 1)
  if (i64x2.extract_lane(newly, 0) != 0) store<i32>(at, year)
  if (i64x2.extract_lane(newly, 1) != 0) store<i32>(at, year, 4)
}

export function grow(inflationRow: usize): void {
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    v128.store(lane, f64x2.mul(v128.load(lane, BALANCE), v128.load(lane, GROWTH)), BALANCE)
    v128.store(lane, f64x2.mul(v128.load(lane, PRICE_INDEX), v128.load(inflationRow + lane)), PRICE_INDEX)
  }
}

/** The year's growth and inflation so far; the first step starts them. */
export function compoundYear(inflationRow: usize, firstStep: bool): void {
  if (firstStep) {
    memory.copy(YEAR_GROWTH, GROWTH, ROW)
    memory.copy(YEAR_INFLATION, inflationRow, ROW)
    return
  }
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    v128.store(lane, f64x2.mul(v128.load(lane, YEAR_GROWTH), v128.load(lane, GROWTH)), YEAR_GROWTH)
    v128.store(lane, f64x2.mul(v128.load(lane, YEAR_INFLATION), v128.load(inflationRow + lane)), YEAR_INFLATION)
  }
}

/**
 * Adds a year to the lanes' returns, and writes their balances.
 *
 * @param growthRow, inflationRow of the whole year
 */
export function closeYear(growthRow: usize, inflationRow: usize, nominalOut: usize, realOut: usize): void {
  const one = f64x2.splat(1)
  for (let lane: usize = 0; lane < ROW; lane += 16) {
    const annual = v128.load(growthRow + lane)
    const real = f64x2.div(annual, v128.load(inflationRow + lane))
    v128.store(lane, f64x2.mul(v128.load(lane, TOTAL_GROWTH), annual), TOTAL_GROWTH)
    v128.store(lane, f64x2.add(v128.load(lane, NOMINAL_RETURN_SUM), f64x2.sub(annual, one)), NOMINAL_RETURN_SUM)
    v128.store(lane, f64x2.add(v128.load(lane, REAL_RETURN_SUM), f64x2.sub(real, one)), REAL_RETURN_SUM)
    const balance = v128.load(lane, BALANCE)
    v128.store(nominalOut + lane, balance)
    v128.store(realOut + lane, f64x2.div(balance, v128.load(lane, PRICE_INDEX)))
  }
}
