/** The answer to a caller whose request violates a constraint. The caller never sees the constraint's name. */
interface ConstraintMeaning {
  /** The field of a request's body that holds the value. */
  readonly field: string
  readonly message: string
}

/** By the constraint's name. Null: no request can violate it, so a violation is a fault of the platform. */
export type Constraints = Readonly<Record<string, ConstraintMeaning | null>>
