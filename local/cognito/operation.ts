import * as z from 'zod'
import { UserPoolError } from './errors.ts'
import { authenticate, type UserPool } from './pool.ts'
import type { User } from './state-file.ts'

/** A response type of the SDK as it goes over the wire in AWS JSON 1.1, where a Date is a number of seconds since the epoch. */
export type Wire<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T

/**
 * One operation of the API: `signed` ones need AWS credentials, as the Admin operations do; `run` throws a UserPoolError to refuse a
 * request.
 */
export interface Operation {
  readonly signed: boolean
  readonly run: (pool: UserPool, input: unknown) => Promise<object>
}

/** A required string parameter. */
export const text = z.string().min(1).max(131_072)
/** A map of named strings (AuthParameters, ChallengeResponses); {@link required} takes its entries. */
export const textMap = z.record(z.string(), z.string())

/** Takes an entry of AuthParameters or ChallengeResponses. @throws UserPoolError InvalidParameterException naming the missing one. */
export function required(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name]
  if (!value) throw new UserPoolError('InvalidParameterException', `Missing required parameter ${name}`)
  return value
}

function parse<Shape extends z.ZodRawShape>(shape: Shape, input: unknown): z.output<z.ZodObject<Shape>> {
  const result = z.object(shape).safeParse(input)
  if (result.success) return result.data
  const errors = result.error.issues.map(issue => `Value at '${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`)
  throw new UserPoolError(
    'InvalidParameterException',
    `${errors.length} validation error${errors.length > 1 ? 's' : ''} detected: ${errors.join('; ')}`,
  )
}

type Input<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>
type Handler<Shape extends z.ZodRawShape> = (pool: UserPool, input: Input<Shape>) => Promise<object>
type UserHandler<Shape extends z.ZodRawShape> = (pool: UserPool, user: User, input: Input<Shape>) => Promise<object>

function assertPool(pool: UserPool, input: unknown): void {
  const { UserPoolId } = parse({ UserPoolId: text }, input)
  if (UserPoolId !== pool.poolId) throw new UserPoolError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`)
}

/** An operation that anyone may call: its input contains the proof (a code, a token or a session). */
export const openOperation = <Shape extends z.ZodRawShape>(shape: Shape, handler: Handler<Shape>): Operation => ({
  signed: false,
  run: async (pool, input) => handler(pool, parse(shape, input)),
})

/** An operation of the public app client, identified by `ClientId`. */
export const clientOperation = <Shape extends z.ZodRawShape>(shape: Shape, handler: Handler<Shape>): Operation => ({
  signed: false,
  async run(pool, input) {
    const { ClientId } = parse({ ClientId: text }, input)
    if (ClientId !== pool.clientId) throw new UserPoolError('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`)
    return handler(pool, parse(shape, input))
  },
})

/** An operation of a signed-in user, identified by an `AccessToken`. */
export const userOperation = <Shape extends z.ZodRawShape>(shape: Shape, handler: UserHandler<Shape>): Operation => ({
  signed: false,
  async run(pool, input) {
    const { AccessToken } = parse({ AccessToken: text }, input)
    return handler(pool, await authenticate(pool, AccessToken), parse(shape, input))
  },
})

/** An operation of an administrator on the pool named by `UserPoolId`. */
export const adminOperation = <Shape extends z.ZodRawShape>(shape: Shape, handler: Handler<Shape>): Operation => ({
  signed: true,
  async run(pool, input) {
    assertPool(pool, input)
    return handler(pool, parse(shape, input))
  },
})

/** An operation of an administrator on one user, named by `Username`: the username or the email address. */
export const adminUserOperation = <Shape extends z.ZodRawShape>(shape: Shape, handler: UserHandler<Shape>): Operation => ({
  signed: true,
  async run(pool, input) {
    assertPool(pool, input)
    const { Username } = parse({ Username: text }, input)
    const parsed = parse(shape, input)
    return handler(pool, pool.directory.get(Username), parsed)
  },
})
