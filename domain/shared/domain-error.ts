/** One thing that is wrong with a value. */
export interface Issue {
  /** Place of the fault: member names and indexes joined by dots, `people.0.birthDate`; in a file, line and column. Empty for the value as a whole. */
  readonly path: string
  readonly message: string
}

/** A value that a rule of the domain does not allow; `issues` holds every fault found. */
export class DomainError extends Error {
  override readonly name: string = 'DomainError'
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map(({ message, path }) => (path === '' ? message : `${path}: ${message}`)).join('\n'), options)
    this.issues = issues
  }
}
