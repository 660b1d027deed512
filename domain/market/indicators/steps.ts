/** A quotient; NaN for a division by zero. To test the quotient takes half the time of testing the divisor. */
export const ratio = (dividend: number, divisor: number): number => {
  const quotient = dividend / divisor
  return quotient - quotient === 0 ? quotient : Number.NaN
}

/** (high + low + close) / 3. */
export const typicalPrice = (high: number, low: number, close: number): number => (high + low + close) / 3

// The numbers that indicators keep from bar to bar are fields: a closure's variable would be allocated anew for every bar.

/** Returns the value pushed before: NaN at first. */
export class Previous {
  private held = Number.NaN

  push(value: number): number {
    const before = this.held
    this.held = value
    return before
  }
}

/** The sum of all added values. */
export class Total {
  private sum = 0

  add(value: number): number {
    return (this.sum += value)
  }

  clear(): void {
    this.sum = 0
  }
}

/**
 * True range: the bar's range, stretched to the close before it; NaN at the first bar.
 * J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export class TrueRange {
  private readonly closes = new Previous()

  push(high: number, low: number, close: number): number {
    const before = this.closes.push(close)
    return Math.max(high, before) - Math.min(low, before)
  }
}
