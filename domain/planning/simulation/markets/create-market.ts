import type { Market } from '../market.ts'
import { seedKey } from '../numeric/streams.ts'
import type { ReturnModel } from '../return-models.ts'
import { createLognormalMarket } from './lognormal.ts'
import { createBootstrapMarket } from './resampling.ts'

/**
 * The market of a return model that validation has accepted.
 *
 * @param seed decimal int64, such as "20260101"
 */
export function createMarket(model: ReturnModel, stepsPerYear: 1 | 12, seed: string): Market {
  const key = seedKey(seed)
  return model.kind === 'lognormal' ? createLognormalMarket(model, stepsPerYear, key) : createBootstrapMarket(model, key)
}
