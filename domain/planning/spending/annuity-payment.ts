/**
 * Payment at the start of each of `periods` periods that takes `presentValue` to `futureValue` while the rest grows at a constant rate:
 * presentValue = sum of payment / (1 + rate)^k over k < periods, plus futureValue / (1 + rate)^periods. Excel: -PMT(rate, periods, presentValue, -futureValue, 1).
 *
 * @param rate growth per period, above -1
 * @param periods whole, at least 1
 * @returns the payment, negative where `futureValue` is more than the value grows to
 */
export function annuityDuePayment(rate: number, periods: number, presentValue: number, futureValue: number): number {
  let discount = 1
  let annuity = 0
  for (let period = 0; period < periods; period++) {
    annuity += discount
    discount /= 1 + rate
  }
  return (presentValue - futureValue * discount) / annuity
}
