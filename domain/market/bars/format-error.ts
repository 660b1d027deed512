/** A document of bars whose rows cannot even be told apart; `path` names the part of it that is at fault. */
export class BarFormatError extends Error {
  override readonly name = 'BarFormatError'
  readonly path: string

  constructor(message: string, path: string, options?: ErrorOptions) {
    super(message, options)
    this.path = path
  }
}
