import type * as z from 'zod'
import type { ErasureAnswer } from '../../db/queries/operations/index.ts'
import { notFound, Problem } from '../runtime/problem.ts'
import type { erasureAnswer } from './erasure-schemas.ts'

type Answer = Pick<z.output<typeof erasureAnswer>, 'refusal'> & Pick<ErasureAnswer, 'erasure' | 'ownedHouseholds'>

/**
 * The erasure that was made.
 * @param texts what the caller learns about a legal hold and about households without another owner
 * @throws Problem 404, or 409 `data-must-be-kept` or `last-owner`, which names the households
 */
export const requireErasure = (
  { erasure, ownedHouseholds, refusal }: Answer,
  texts: { readonly held: string; readonly lastOwner: string },
): NonNullable<ErasureAnswer['erasure']> => {
  if (refusal === 'held') throw new Problem('data-must-be-kept', texts.held)
  if (refusal === 'last-owner') {
    const names = ownedHouseholds.map(({ name }) => `“${name}”`).join(', ')
    throw new Problem('last-owner', `${texts.lastOwner} ${names}.`, {
      errors: ownedHouseholds.map(({ id, name }) => ({ path: `households.${id}`, message: `“${name}” must keep an owner` })),
    })
  }
  if (erasure === null) throw notFound('user')
  return erasure
}
