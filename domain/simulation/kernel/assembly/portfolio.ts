import { GROSS, GROWTH, HOLDINGS, LANES, ROW, VALUE, WEIGHTS } from './memory'

/** Gross return of a portfolio that starts the step at its target weights, eight lanes at a time. */
export function growRebalanced(assets: usize): void {
  for (let group: usize = 0; group < ROW; group += 64) {
    let a = f64x2.splat(0)
    let b = f64x2.splat(0)
    let c = f64x2.splat(0)
    let d = f64x2.splat(0)
    let gross = GROSS + group
    const end = gross + assets * ROW
    for (let weight = WEIGHTS; gross < end; gross += ROW) {
      const w = v128.load_splat<f64>(weight)
      a = f64x2.add(a, f64x2.mul(w, v128.load(gross)))
      b = f64x2.add(b, f64x2.mul(w, v128.load(gross, 16)))
      c = f64x2.add(c, f64x2.mul(w, v128.load(gross, 32)))
      d = f64x2.add(d, f64x2.mul(w, v128.load(gross, 48)))
      weight += 8
    }
    const out = GROWTH + group
    v128.store(out, a)
    v128.store(out, b, 16)
    v128.store(out, c, 32)
    v128.store(out, d, 48)
  }
}

/** Brings the holdings back to the target weights of a portfolio worth one. */
export function rebalance(assets: usize): void {
  for (let lane: usize = 0; lane < LANES; lane++) store<f64>(VALUE + (lane << 3), 1)
  for (let asset: usize = 0; asset < assets; asset++) {
    const weight = v128.load_splat<f64>(WEIGHTS + (asset << 3))
    const row = HOLDINGS + asset * ROW
    for (let at = row; at < row + ROW; at += 16) v128.store(at, weight)
  }
}

/** Gross return of a portfolio with holdings that drift, eight lanes at a time. */
export function growDrifting(assets: usize): void {
  for (let group: usize = 0; group < ROW; group += 64) {
    let a = f64x2.splat(0)
    let b = f64x2.splat(0)
    let c = f64x2.splat(0)
    let d = f64x2.splat(0)
    let gross = GROSS + group
    let holding = HOLDINGS + group
    const end = gross + assets * ROW
    for (; gross < end; gross += ROW) {
      const first = f64x2.mul(v128.load(holding), v128.load(gross))
      const second = f64x2.mul(v128.load(holding, 16), v128.load(gross, 16))
      const third = f64x2.mul(v128.load(holding, 32), v128.load(gross, 32))
      const fourth = f64x2.mul(v128.load(holding, 48), v128.load(gross, 48))
      v128.store(holding, first)
      v128.store(holding, second, 16)
      v128.store(holding, third, 32)
      v128.store(holding, fourth, 48)
      a = f64x2.add(a, first)
      b = f64x2.add(b, second)
      c = f64x2.add(c, third)
      d = f64x2.add(d, fourth)
      holding += ROW
    }
    const value = VALUE + group
    const out = GROWTH + group
    v128.store(out, f64x2.div(a, v128.load(value)))
    v128.store(out, f64x2.div(b, v128.load(value, 16)), 16)
    v128.store(out, f64x2.div(c, v128.load(value, 32)), 32)
    v128.store(out, f64x2.div(d, v128.load(value, 48)), 48)
    v128.store(value, a)
    v128.store(value, b, 16)
    v128.store(value, c, 32)
    v128.store(value, d, 48)
  }
}
