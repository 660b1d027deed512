import { fieldProblem, type Problem } from '../runtime/problem.ts'

const minimumLength = 12

/** The symbols that Cognito accepts, including a space inside the password (Developer Guide, "Adding user pool password requirements"). */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`+= -]/

const requirements: readonly (readonly [message: string, isMet: (password: string) => boolean])[] = [
  ['Password not long enough', password => password.length >= minimumLength],
  ['Password must have uppercase characters', password => /[A-Z]/.test(password)],
  ['Password must have lowercase characters', password => /[a-z]/.test(password)],
  ['Password must have numeric characters', password => /\d/.test(password)],
  ['Password must have symbol characters', password => symbol.test(password.trim())],
]

/** The first requirement of the user pool that a password does not meet, in the words of Cognito; undefined if it meets all. */
export const unmetRequirement = (password: string): string | undefined => requirements.find(([, isMet]) => !isMet(password))?.[0]

/** The problem of a password that is too weak. */
export const weakPassword = (path: string, cause?: unknown): Problem =>
  fieldProblem(
    'weak-password',
    [{ path, message: 'must have 12 characters or more, with upper and lower case letters, a digit and a symbol' }],
    { cause },
  )

/** Throws the 422 of a weak password before the user pool is asked, which could look at the account first. */
export const refuseWeak = (path: string, password: string): void => {
  if (unmetRequirement(password) !== undefined) throw weakPassword(path)
}
