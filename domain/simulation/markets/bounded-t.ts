import { exp, log } from '../../numeric/index.ts'

const LN2 = 0.6931471805599453

/** Mean and standard deviation. */
export interface Moments {
  readonly mean: number
  readonly volatility: number
}

/** The centre and the scale of a Student t variate of variance 1 before its bounds: bounded, centre + scale t has the wanted moments. */
export interface Placement {
  readonly centre: number
  readonly scale: number
}

/** What lies beyond k, of a standard Student t variate T: P(T > k), E[T; T > k] and E[T^2; T > k]. */
interface Tail {
  readonly probability: number
  readonly first: number
  readonly second: number
}

const SIMPSON_INTERVALS = 256
/** `exp` knows no smaller exponents. Below e^-40 a tail counts as empty. */
const LEAST_EXPONENT = -40
const power = (exponent: number): number => (exponent < LEAST_EXPONENT ? 0 : exp(exponent))

/** The integral of cosh^-degrees from y = asinh(h) on, h >= 0, by Simpson's rule up to where the integrand has fallen by e^-40. */
const integralFrom = (h: number, degrees: number): number => {
  const start = log(h + Math.sqrt(1 + h * h))
  const slope = h / Math.sqrt(1 + h * h)
  const width = (-LEAST_EXPONENT * 2) / (degrees * slope + Math.sqrt(-LEAST_EXPONENT * degrees))
  const step = width / SIMPSON_INTERVALS
  let sum = 0
  for (let i = 0; i <= SIMPSON_INTERVALS; i++) {
    const y = start + i * step
    const grown = power(-2 * y)
    // ln cosh y = y + ln(1 + e^-2y) - ln 2
    const value = power(-degrees * (y + log(1 + grown) - LN2))
    sum += value * (i === 0 || i === SIMPSON_INTERVALS ? 1 : i % 2 === 1 ? 4 : 2)
  }
  return (sum * step) / 3
}

/** With T = sqrt(n) sinh(y), the density is proportional to cosh^-n(y); the first and the second moment follow by parts. */
const tailsOf = (degrees: number): ((k: number) => Tail) => {
  const whole = 2 * integralFrom(0, degrees)
  const variance = degrees / (degrees - 2)
  const upper = (k: number): Tail => {
    const h = k / Math.sqrt(degrees)
    const edge = power(((1 - degrees) / 2) * log(1 + h * h))
    const integral = integralFrom(h, degrees)
    return {
      probability: integral / whole,
      first: (Math.sqrt(degrees) * edge) / ((degrees - 1) * whole),
      second: (degrees * (h * edge + integral)) / ((degrees - 2) * whole),
    }
  }
  return k => {
    const { first, probability, second } = upper(Math.abs(k))
    return k >= 0 ? { first, probability, second } : { first, probability: 1 - probability, second: variance - second }
  }
}

const MOST_TURNS = 60
const MOST_STEPS = 200
/** So many units of scale beyond the bounds lies every centre that is looked for. */
const REACH = 100

interface Bounds {
  readonly least: number
  readonly most: number
}

/** The moments of centre + scale t after its bounds, and the probability to lie within them. Degrees of freedom are above 2. */
export const boundedMoments = (degrees: number, { least, most }: Bounds) => {
  const tails = tailsOf(degrees)
  const variance = degrees / (degrees - 2)
  return ({ centre, scale }: Placement): Moments & { readonly inside: number } => {
    const unit = scale / Math.sqrt(variance)
    const below = (centre - least) / unit
    const above = (most - centre) / unit
    const [low, high] = [tails(below), tails(above)]
    const mean = low.first - below * low.probability - high.first + above * high.probability
    const square = variance - low.second - high.second + below * below * low.probability + above * above * high.probability
    return {
      mean: centre + unit * mean,
      volatility: unit * Math.sqrt(Math.max(square - mean * mean, 0)),
      inside: 1 - low.probability - high.probability,
    }
  }
}

/** Differences of the mean up to this, and of the volatility up to this share of it, are left as they are: no sample of paths shows them. */
const TOLERANCE = { mean: 1e-4, volatility: 0.01 } as const

/**
 * Places a Student t variate so that it has the wanted mean and standard deviation after it is bounded. The placement is the wanted one
 * where the bounds hardly move either. Where no variate within the bounds has the wanted deviation, the mean still holds.
 * @param degrees of freedom, above 2
 */
export const placeBounded = (wanted: Moments, degrees: number, bounds: Bounds): Placement => {
  let { mean: centre, volatility: scale } = wanted
  if (scale === 0) return { centre, scale }
  const momentsOf = boundedMoments(degrees, bounds)
  const deviations = Math.sqrt(degrees / (degrees - 2))
  // A wider variate lies on the bounds nearly always: more width adds no deviation.
  const widest = bounds.most * deviations
  let found = momentsOf({ centre, scale })
  const isHardlyMoved =
    Math.abs(found.mean - wanted.mean) <= TOLERANCE.mean && Math.abs(found.volatility / scale - 1) <= TOLERANCE.volatility
  if (isHardlyMoved) return { centre, scale }
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    // The mean grows with the centre, and its slope is the probability inside: steps of Newton, or halves where they leave the interval.
    const reach = (REACH * scale) / deviations
    let [low, high] = [bounds.least - reach, bounds.most + reach]
    for (let step = 0; step < MOST_STEPS && Math.abs(wanted.mean - found.mean) > 1e-13; step++) {
      if (found.mean < wanted.mean) low = centre
      else high = centre
      const newton = centre + (wanted.mean - found.mean) / found.inside
      centre = newton > low && newton < high ? newton : (low + high) / 2
      found = momentsOf({ centre, scale })
    }
    const next = Math.min((scale * wanted.volatility) / found.volatility, widest)
    if (turn === MOST_TURNS - 1 || Math.abs(next / scale - 1) < 1e-10) break
    scale = next
    found = momentsOf({ centre, scale })
  }
  return { centre, scale }
}
