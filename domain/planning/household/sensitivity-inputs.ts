/** The inputs that a tornado moves, one at a time. */
export const SENSITIVITY_INPUTS = [
  'spending',
  'retirementAge',
  'meanReturn',
  'volatility',
  'inflation',
  'fees',
  'openingBalances',
  'socialSecurity',
  'lifespan',
] as const

export type SensitivityInput = (typeof SENSITIVITY_INPUTS)[number]
