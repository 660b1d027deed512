import type { Market } from '../market.ts'
import { seedKey } from '../../numeric/index.ts'
import type { ReturnModel } from '../return-models.ts'
import { createLognormalMarket } from './lognormal.ts'
import { createRegimeMarket } from './regime-switching.ts'
import { createResamplingMarket } from './resampling.ts'
import { createStudentTMarket } from './student-t.ts'

/**
 * The market of a return model that validation has accepted.
 *
 * @param seed decimal int64, such as "20260101"
 */
export function createMarket(model: ReturnModel, stepsPerYear: 1 | 12, seed: string): Market {
  const key = seedKey(seed)
  switch (model.kind) {
    case 'lognormal':
      return createLognormalMarket(model, stepsPerYear, key)
    case 'student_t':
      return createStudentTMarket(model, stepsPerYear, key)
    case 'regime':
      return createRegimeMarket(model, stepsPerYear, key)
    default:
      return createResamplingMarket(model, key)
  }
}
