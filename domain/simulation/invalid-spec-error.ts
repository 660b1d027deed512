import { DomainError } from '../shared/index.ts'

/** A specification of a portfolio or a household that cannot be simulated. */
export class InvalidSpecError extends DomainError {
  override readonly name = 'InvalidSpecError'
}
