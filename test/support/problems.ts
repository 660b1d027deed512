import { expect, test } from 'vitest'
import { type ProblemCode, problems } from '../../lambdas/runtime/problem-codes.ts'
import { problemDocument } from '../../lambdas/runtime/schemas.ts'
import type { Sql } from '../../db/connections.ts'
import type { Answer, RequestOptions, TestUser } from './platform.ts'

/** Internal details that no answer may contain: stack frames, SQL, files, texts of the driver and the framework. */
const internals =
  /\n\s+at |\bat (async )?[\w.]+ \(|node:|node_modules|\.tsx?\b|file:\/\/|Failed query|PostgresError|DrizzleQueryError|SQLSTATE|\bnestegg_(read|write|owner|operator|functions)\b|(?<![\w-])(select|insert|update|delete) .*\b(from|into|set|where)\b/i

export interface Expected {
  readonly status: number
  /** The field at fault, if there is one. */
  readonly field?: string
}

/** Checks that an answer is a valid problem document with the status, names the field at fault, and contains no internal details. */
export const expectProblem = (answer: Answer, { field, status }: Expected): void => {
  expect({ status: answer.status, body: answer.body }).toMatchObject({ status })
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const document = problemDocument.parse(answer.body)
  const code = document.type.replace('/problems/', '') as ProblemCode
  expect(document).toMatchObject({ status, title: problems[code].title })
  expect(problems[code].status).toBe(status)
  expect(document.requestId).toBe(answer.headers.get('x-request-id'))
  expect(JSON.stringify(answer.body)).not.toMatch(internals)
  expect(JSON.stringify([...answer.headers])).not.toMatch(internals)
  expect((document.errors ?? []).map(error => error.path)).toEqual(
    field === undefined ? expect.anything() : expect.arrayContaining([field]),
  )
}

/** The number of rows of every table of the platform, which a refused request must not change. Without system events, which record failures. */
export const countRows = async (administrator: Sql): Promise<Record<string, number>> => {
  const tables = await administrator<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relkind in ('r', 'p') and not relispartition
      and relnamespace::regnamespace::text in ('identity', 'planning', 'wealth', 'cashflow', 'market', 'trading', 'operations')
      and relname <> 'system_events'`
  const counts = tables.map(async ({ name }) => {
    const [row] = await administrator.unsafe<{ count: number }[]>(`select count(*)::integer as count from ${name}`)
    return [name, row!.count] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

export const at = (status: number, field?: string): Expected => (field === undefined ? { status } : { status, field })

type Sent = readonly [method: string, path: string, options?: Omit<RequestOptions, 'token'>]

/** A request, made when its test runs, and the expected refusal. */
export type RefusedCase = readonly [name: string, request: () => Sent, expected: Expected]

/** Makes a test of each case: the request is sent as the user, is refused as expected, and changes no table. */
export const testRefusals = (
  setting: () => { readonly user: TestUser; readonly administrator: Sql },
  cases: readonly RefusedCase[],
): void =>
  test.each(cases)('%s', async (_, request, expected) => {
    const { administrator, user } = setting()
    const before = await countRows(administrator)
    const [method, path, options] = request()
    const answer = await user.request(method, path, options)
    expectProblem(answer, expected)
    expect(answer.body.instance).toBe(path.split('?')[0])
    expect(await countRows(administrator)).toEqual(before)
  })
