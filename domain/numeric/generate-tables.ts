import { Decimal } from 'decimal.js'

const Precise = Decimal.clone({ precision: 45 })
const ONE = new Precise(1)
const SQRT_TWO_PI = Precise.acos(-1).times(2).sqrt()

const ROWS = 32
const SEGMENTS_PER_ROW = 32
/** Bits of a draw left below its leading bit and its segment's five bits: the variable of the cubic. */
const FRACTION_BITS = 26

/**
 * The program behind tables.generated.ts: returns the file's whole text, computed with 45 digits and rounded once to doubles.
 * After a change here, from the repository's root:
 * `node -e "import('./domain/numeric/generate-tables.ts').then(m => process.stdout.write(m.generateTables()))" > domain/numeric/tables.generated.ts`
 */
export function generateTables(): string {
  const cubics = normalQuantileCubics()
  return [
    '// Made by generate-tables.ts, which a test holds to these bytes. Do not edit.',
    '',
    '/** Cubics of the normal quantile, one coefficient a segment in each table; see normal.ts. */',
    ...[0, 1, 2, 3].map(degree =>
      table(
        `NORMAL_QUANTILE_C${degree}`,
        cubics.map(cubic => cubic[degree]!),
      ),
    ),
    '/** 2^(i/32). */',
    table(
      'EXP2_THIRTY_SECONDS',
      Array.from({ length: 32 }, (_, i) => new Precise(2).pow(new Precise(i).div(32))),
    ),
    '',
  ].join('\n')
}

function table(name: string, values: Decimal[]): string {
  const lines = values.map(value => `  ${value.toNumber()},`)
  return `export const ${name} = new Float64Array([\n${lines.join('\n')}\n])\n`
}

/**
 * Cubics through the quantile at the four Chebyshev nodes of each segment of p in (0, 1/2), in the integer variable n = 0..2^26 - 1.
 * Row z, segment m covers p = (1 + (m + n / 2^26) / 32) / 2^(z + 2).
 */
function normalQuantileCubics(): Decimal[][] {
  const nodes = chebyshevNodes(4)
  const cubics: Decimal[][] = []
  let known: QuantilePoint = { p: new Precise(0.5), x: new Precise(0) }
  for (let row = 0; row < ROWS; row++) {
    const rowStart = new Precise(2).pow(-(row + 2))
    const rowCubics: Decimal[][] = []
    for (let segment = SEGMENTS_PER_ROW - 1; segment >= 0; segment--) {
      const values = nodes.map(node => {
        const p = rowStart.times(ONE.plus(node.plus(segment).div(SEGMENTS_PER_ROW)))
        known = { p, x: normalQuantile(p, known) }
        return known.x
      })
      rowCubics.unshift(interpolate(nodes, values).map((c, degree) => c.div(new Precise(2).pow(FRACTION_BITS * degree))))
    }
    cubics.push(...rowCubics)
  }
  return cubics
}

interface QuantilePoint {
  p: Decimal
  x: Decimal
}

/** Quantile of p by two Taylor steps, the first from a known point near it: error below 1e-40. */
function normalQuantile(p: Decimal, known: QuantilePoint): Decimal {
  const near = quantileTaylorStep(known.x, p.minus(known.p))
  return quantileTaylorStep(near, p.minus(normalLowerTail(near)))
}

/** Taylor series of the quantile to the fourth order: x' = 1/phi, x'' = x x'^2, x''' = (1 + 2x^2) x'^3, x'''' = x (7 + 6x^2) x'^4. */
function quantileTaylorStep(x: Decimal, dp: Decimal): Decimal {
  const u = dp.div(normalDensity(x))
  const xx = x.times(x)
  const fourth = x.times(xx.times(6).plus(7)).div(24)
  const third = xx.times(2).plus(1).div(6)
  return fourth.times(u).plus(third).times(u).plus(x.div(2)).times(u).plus(1).times(u).plus(x)
}

function normalDensity(x: Decimal): Decimal {
  return x.times(x).div(-2).exp().div(SQRT_TWO_PI)
}

/** Phi(x) for x <= 0: 1/2 - phi(x) (a + a^3/3 + a^5/(3 5) + ...), a = -x (Abramowitz and Stegun 26.2.11). */
function normalLowerTail(x: Decimal): Decimal {
  const xx = x.times(x)
  let term = x.neg()
  let sum = term
  for (let odd = 3; term.gt('1e-45'); odd += 2) {
    term = term.times(xx).div(odd)
    sum = sum.plus(term)
  }
  return new Precise(0.5).minus(normalDensity(x).times(sum))
}

/** Chebyshev nodes of [0, 1], descending. */
function chebyshevNodes(count: number): Decimal[] {
  return Array.from({ length: count }, (_, k) =>
    Precise.acos(-1)
      .times(2 * k + 1)
      .div(2 * count)
      .cos()
      .plus(1)
      .div(2),
  )
}

/** Ascending coefficients of the polynomial through the points, by Newton's divided differences. */
function interpolate(nodes: readonly Decimal[], values: readonly Decimal[]): Decimal[] {
  const differences = [...values]
  for (let order = 1; order < nodes.length; order++) {
    for (let i = nodes.length - 1; i >= order; i--) {
      differences[i] = differences[i]!.minus(differences[i - 1]!).div(nodes[i]!.minus(nodes[i - order]!))
    }
  }
  let coefficients = [differences.at(-1)!]
  for (let i = nodes.length - 2; i >= 0; i--) {
    const shifted = [new Precise(0), ...coefficients]
    coefficients = shifted.map((c, degree) => c.minus(nodes[i]!.times(coefficients[degree] ?? 0)))
    coefficients[0] = coefficients[0]!.plus(differences[i]!)
  }
  return coefficients
}
