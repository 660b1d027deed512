import * as z from 'zod'
import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../domain/shared/index.ts'
import { InvalidSpecError } from '../../../domain/simulation/index.ts'
import { isConnectionError, isTransient, parsePart, toProblem } from '../../../lambdas/runtime/errors.ts'
import { planPatchFields } from '../../../lambdas/planning/schemas/plans.ts'
import { runRequest } from '../../../lambdas/planning/schemas/runs.ts'
import { patchOf } from '../../../lambdas/runtime/schemas.ts'
import { Problem } from '../../../lambdas/runtime/problem.ts'

/** An error of the driver inside an error of the query builder. */
const wrapped = (code: string, more: Record<string, unknown> = {}) =>
  new Error('Failed query: insert into planning.plans', { cause: Object.assign(new Error('secret detail'), { code, ...more }) })

const rowRejected = new Error('Failed query', {
  cause: Object.assign(new Error('new row violates row-level security policy for table "plans"'), { code: '42501' }),
})

describe('an error becomes a problem', () => {
  test.each([
    ['unique_violation', wrapped('23505', { constraint_name: 'instruments_symbol_key' }), 409],
    ['unique_violation of another constraint', wrapped('23505', { constraint_name: 'unheard_of' }), 409],
    ['unique_violation that no request can cause', wrapped('23505', { constraint_name: 'plan_versions_version_key' }), 500],
    ['foreign_key_violation', wrapped('23503'), 422],
    ['not_null_violation', wrapped('23502'), 422],
    ['check_violation', wrapped('23514', { constraint_name: 'plans_horizon' }), 422],
    ['numeric_value_out_of_range', wrapped('22003'), 422],
    ['query_canceled', wrapped('57014'), 503],
    ['serialization_failure', wrapped('40001'), 503],
    ['deadlock_detected', wrapped('40P01'), 503],
    ['lock_not_available', wrapped('55P03'), 503],
    ['admin_shutdown', wrapped('57P01'), 503],
    ['crash_shutdown', wrapped('57P02'), 503],
    ['cannot_connect_now', wrapped('57P03'), 503],
    ['idle_session_timeout', wrapped('57P05'), 503],
    ['too_many_connections', wrapped('53300'), 503],
    ['disk_full', wrapped('53100'), 503],
    ['out_of_memory', wrapped('53200'), 503],
    ['insufficient_resources', wrapped('53000'), 503],
    ['configuration_limit_exceeded', wrapped('53400'), 503],
    ['disk_full over the Data API', Object.assign(new Error('x'), { sqlState: '53100' }), 503],
    ['lock_not_available', wrapped('55P03'), 503],
    ['a session that was ended', wrapped('NE401'), 401],
    ['a second identity of a transaction, which is our fault', wrapped('25000'), 500],
    ['connection_failure', wrapped('08006'), 503],
    ['a refused connection', wrapped('ECONNREFUSED'), 503],
    ['a cut connection', wrapped('ECONNRESET'), 503],
    ['a closed connection', wrapped('CONNECTION_CLOSED'), 503],
    ['a connection that took too long', wrapped('CONNECT_TIMEOUT'), 503],
    ['the Data API’s unique violation', Object.assign(new Error('x'), { sqlState: '23505' }), 409],
    ['a household without an owner', wrapped('NE409'), 409],
    ['a change by a viewer', wrapped('NE403'), 403],
    [
      'a row refused by row-level security',
      new Error('Failed query', {
        cause: Object.assign(new Error('new row violates row-level security policy for table "plans"'), { code: '42501' }),
      }),
      403,
    ],
    ['insufficient_privilege, which is our fault', wrapped('42501'), 500],
    ['a row that the caller may not write', rowRejected, 403],
    ['syntax_error', wrapped('42601'), 500],
    ['undefined_table', wrapped('42P01'), 500],
    ['read_only_sql_transaction', wrapped('25006'), 500],
    ['a mistake of ours', new TypeError('x is not a function'), 500],
    ['an impossible specification', new InvalidSpecError([{ path: 'years', message: 'must be more' }]), 422],
    ['a problem', new Problem('payload-too-large', 'Too large.'), 413],
  ])('%s', (_, error, status) => {
    const problem = toProblem(error)
    expect(problem.status).toBe(status)
    expect(JSON.stringify(problem.toDocument('/', 'id'))).not.toMatch(/secret detail|Failed query|insert into/)
    expect('retry-after' in problem.headers).toBe(status === 503)
  })

  test.each([
    ['23505', 'instruments_symbol_key', 'already-exists', 'body.symbol', 'must be unique'],
    ['23503', 'plans_cma_id_capital_market_assumptions_id_fk', 'invalid-reference', 'body.cmaId', 'there is no such assumption set'],
    ['23514', 'plans_horizon', 'invalid-value', 'body.planningHorizonYears', 'must lie between 1 and 100'],
  ])('%s of %s names the field and never the constraint', (sqlState, constraint, code, path, message) => {
    const text = `ERROR: new row for relation "x" violates check constraint "${constraint}"; SQLState: ${sqlState}`
    for (const error of [wrapped(sqlState, { constraint_name: constraint }), Object.assign(new Error(text), { sqlState })]) {
      const problem = toProblem(error)
      expect(problem).toMatchObject({ code, errors: [{ path, message }] })
      expect(JSON.stringify(problem.toDocument('/', 'id'))).not.toContain(constraint)
    }
  })

  test('what other rows refer to is still in use, and the answer names their kind', () => {
    const text = 'update or delete on table "people" violates foreign key constraint "goals_person_fk" on table "goals"'
    for (const error of [
      new Error('Failed query', { cause: Object.assign(new Error(text), { code: '23503', constraint_name: 'goals_person_fk' }) }),
      Object.assign(new Error(`ERROR: ${text}`), { sqlState: '23503' }),
    ])
      expect(toProblem(error)).toMatchObject({ code: 'still-in-use', status: 409, message: 'It is still used by other data: goals.' })
  })

  test('the issues of a specification become its errors', () => {
    const problem = toProblem(new InvalidSpecError([{ path: 'inputs.Living.startYear', message: 'is needed' }]))
    expect(problem.code).toBe('plan-not-simulable')
    expect(problem.errors).toEqual([{ path: 'inputs.Living.startYear', message: 'is needed' }])
  })

  test('another error of the domain is a problem of the request’s values', () => {
    const problem = toProblem(new DomainError([{ path: 'body.date', message: 'must lie within the horizon' }]))
    expect(problem).toMatchObject({ code: 'invalid-value', message: 'body.date: must lie within the horizon' })
  })
})

test.each([
  ['40001', true, false],
  ['40P01', true, false],
  ['55P03', true, false],
  ['57P01', false, true],
  ['57P05', false, true],
  ['23505', false, false],
])('%s: to be run again %s, connection lost %s', (code, transient, lost) => {
  expect(isTransient(wrapped(code))).toBe(transient)
  expect(isConnectionError(wrapped(code))).toBe(lost)
})

test('a cyclic chain of causes ends', () => {
  const error = new Error('x')
  error.cause = error
  expect(isTransient(error)).toBe(false)
})

describe('parsing a part of a request', () => {
  const schema = z.strictObject({ name: z.string(), deep: z.array(z.strictObject({ value: z.number() })).default([]) })

  test.each([
    ['an unknown field', { name: 'x', surplus: 1 }, ['body.surplus']],
    ['several of them', { name: 'x', a: 1, b: 2 }, ['body.a', 'body.b']],
    ['a field of an item', { name: 'x', deep: [{ value: 1 }, { value: 'two' }] }, ['body.deep.1.value']],
    ['an unknown field of an item', { name: 'x', deep: [{ value: 1, more: 1 }] }, ['body.deep.0.more']],
    ['a missing field', {}, ['body.name']],
    ['the whole', 'text', ['body']],
  ])('names %s', (_, value, paths) => {
    expect(() => parsePart(schema, value, 'body')).toThrow(
      expect.objectContaining({ status: 400, errors: paths.map(path => expect.objectContaining({ path })) }),
    )
  })

  test.each([
    [
      'a check',
      z.strictObject({
        name: z.string(),
        seed: z
          .string()
          .min(3)
          .refine(text => BigInt(text) > 0n),
      }),
      { name: 'x', seed: 'a' },
      'body.seed',
    ],
    [
      'a transform',
      z.strictObject({ name: z.string(), at: z.string().transform(text => new Date(text).toISOString()) }),
      { name: 'x', at: 'a' },
      'body.at',
    ],
    [
      'a check inside an optional part',
      z
        .strictObject({
          name: z.string().refine(() => {
            throw new TypeError('x')
          }),
        })
        .optional(),
      { name: 'x' },
      'body',
    ],
  ])('refuses a value for which %s throws', (_, throwing, value, path) => {
    expect(() => parsePart(throwing, value, 'body')).toThrow(
      expect.objectContaining({ status: 400, errors: [{ path, message: 'is not valid' }] }),
    )
  })

  test.each(['abc', '1.5', '', '-', '1e3', '0x10', '9223372036854775808', '1'.repeat(400)])('refuses the seed %j once', randomSeed => {
    for (const schema of [runRequest, patchOf(planPatchFields)]) {
      expect(() => parsePart(schema, { randomSeed }, 'body')).toThrow(
        expect.objectContaining({ status: 400, errors: [expect.objectContaining({ path: 'body.randomSeed' })] }),
      )
    }
  })

  test('gives the output of the schema', () => {
    expect(parsePart(schema, { name: 'x' }, 'body')).toEqual({ name: 'x', deep: [] })
  })
})
